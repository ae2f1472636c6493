using System.CommandLine;
using Rnn.MLNet.Benchmarks.Reliability.Fuzz;
using Rnn.MLNet.Benchmarks.Reliability.Kill;
using Rnn.MLNet.Benchmarks.Reliability.Numbers;
using Rnn.MLNet.Benchmarks.Reliability.Soak;
using Rnn.MLNet.Benchmarks.Reliability.Stress;

namespace Rnn.MLNet.Benchmarks.Reliability;

/// <summary>Defines the command line of the reliability programs, which exit with code 1 if they find a failure.</summary>
internal static class ReliabilityCommand
{
    public static readonly string[] Switches = ["--fuzz", "--soak", "--stress", "--kill", "--numbers"];

    public static RootCommand Create()
    {
        var fuzz = new Option<int?>("--fuzz") { Description = "Read damaged files of every kind and fit random options: N inputs [20000]", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
        var soak = new Option<double?>("--soak") { Description = "Fit, score and save for this time and check for leaks", HelpName = "MINUTES" };
        var stress = new Option<double?>("--stress") { Description = "Fit for this time while other threads allocate memory", HelpName = "MINUTES" };
        var kill = new Option<int?>("--kill") { Description = "Kill training and saves at N random moments each", HelpName = "N" };
        var numbers = new Option<string?>("--numbers") { Description = "Print checksums of the weights, histories and scores of 64 small training runs; models saved in FOLDER must still load", HelpName = "FOLDER", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<int>("--seed") { Description = "Seed of --fuzz and --kill", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--only") { Description = $"Run --fuzz on only one kind of input: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}" };
        var from = new Option<int?>("--from") { Description = "With --only: run only the input with this number" };
        var command = new RootCommand("Tests the reliability of the library: see docs/reliability.md.") { fuzz, soak, stress, kill, numbers, seed, only, from };
        command.SetAction(parsed =>
        {
            var right = true;
            if (parsed.GetResult(fuzz) is not null)
            {
                right &= FuzzProgram.Run(parsed.GetValue(fuzz) ?? 20_000, parsed.GetValue(seed), parsed.GetValue(only), parsed.GetValue(from));
            }

            if (parsed.GetResult(numbers) is not null)
            {
                right &= NumbersProgram.Run(parsed.GetValue(numbers));
            }

            if (parsed.GetValue(kill) is { } kills)
            {
                right &= KillProgram.Run(kills, parsed.GetValue(seed));
            }

            if (parsed.GetValue(stress) is { } stressMinutes)
            {
                right &= StressProgram.Run(TimeSpan.FromMinutes(stressMinutes));
            }

            if (parsed.GetValue(soak) is { } soakMinutes)
            {
                right &= SoakProgram.Run(TimeSpan.FromMinutes(soakMinutes));
            }

            return right ? 0 : 1;
        });
        return command;
    }
}
