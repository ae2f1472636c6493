using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>Defines the command line of --steps, which measures single time steps: the contests named steps of --compare.</summary>
internal static class StepsCommand
{
    public const string Switch = "--steps";

    public static RootCommand Create()
    {
        var steps = new Option<bool>(Switch) { Description = "Measure single time steps of live streams, beside ONNX Runtime" };
        var rounds = new Option<int?>("--rounds") { Description = "Number of rounds [default: 5]", HelpName = "N" };
        var markdown = new Option<string?>("--markdown") { Description = "Also write the rows into a Markdown document, between its two marker comments", HelpName = "FILE" };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--rounds: expected a number of at least 1");
            }
        });
        var command = new RootCommand("Measures an RnnStepEngine: see docs/streams.md.") { steps, rounds, markdown };
        command.SetAction(parsed => CompareProgram.Measure(
            new Comparison.CompareOptions(parsed.GetValue(rounds), RoundTime: null, new Selection([StepContest.Name]), JsonPath: null, parsed.GetValue(markdown))));
        return command;
    }
}
