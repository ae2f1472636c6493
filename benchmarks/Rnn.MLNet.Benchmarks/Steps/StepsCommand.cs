using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>Defines the command line of --steps, which runs the contests named steps of --compare and prints a short table.</summary>
internal static class StepsCommand
{
    public const string Switch = "--steps";

    public static RootCommand Create()
    {
        var steps = new Option<bool>(Switch) { Description = "Measure single time steps of live streams, beside ONNX Runtime" };
        var rounds = new Option<int>("--rounds") { Description = "Number of rounds", HelpName = "N", DefaultValueFactory = _ => 5 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--rounds: expected a number of at least 1");
            }
        });
        var command = new RootCommand("Measures an RnnStepEngine: see docs/streams.md.") { steps, rounds };
        command.SetAction(parsed => StepsProgram.Run(parsed.GetValue(rounds)));
        return command;
    }
}
