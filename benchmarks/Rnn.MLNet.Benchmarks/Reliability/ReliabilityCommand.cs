using System.CommandLine;
using Rnn.MLNet.Benchmarks.Reliability.Fuzz;
using Rnn.MLNet.Benchmarks.Reliability.Kill;
using Rnn.MLNet.Benchmarks.Reliability.Numbers;
using Rnn.MLNet.Benchmarks.Reliability.Soak;
using Rnn.MLNet.Benchmarks.Reliability.Stress;

namespace Rnn.MLNet.Benchmarks.Reliability;

/// <summary>The command line of the programs that show reliability; each ends with 1 if it finds a failure.</summary>
internal static class ReliabilityCommand
{
    public static readonly string[] Switches = ["--fuzz", "--soak", "--stress", "--kill", "--numbers"];

    public static RootCommand Create()
    {
        var fuzz = new Option<int?>("--fuzz") { Description = "Damaged files of every kind and random options: N inputs [20000]", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
        var soak = new Option<double?>("--soak") { Description = "Fits, scores and saves for so many minutes, and measures what stays behind", HelpName = "MINUTES" };
        var stress = new Option<double?>("--stress") { Description = "Fits beside threads that allocate, for so many minutes", HelpName = "MINUTES" };
        var kill = new Option<int?>("--kill") { Description = "Kills trainings and saves at N random moments each", HelpName = "N" };
        var numbers = new Option<string?>("--numbers") { Description = "Checksums of the weights, histories and scores of 64 small trainings; models saved in a folder must still load", HelpName = "FOLDER", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<int>("--seed") { Description = "Of --fuzz and --kill", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--only") { Description = $"One kind of input of --fuzz: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}" };
        var from = new Option<int?>("--from") { Description = "With --only: that one input once more" };
        var command = new RootCommand("Shows what the library promises: see docs/reliability.md.") { fuzz, soak, stress, kill, numbers, seed, only, from };
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
