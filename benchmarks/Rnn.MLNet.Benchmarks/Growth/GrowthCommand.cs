using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Defines the command line of --growth.</summary>
internal static class GrowthCommand
{
    public const string Switch = "--growth";

    public static RootCommand Create()
    {
        var growth = new Option<bool>(Switch) { Description = "Measure how speed, memory and the saved zip change while one dimension grows" };
        var only = new Option<string[]>("--only")
        {
            Description = "Only these dimensions",
            HelpName = string.Join('|', GrowthDimension.All.Select(dimension => dimension.Name)),
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. GrowthDimension.All.Select(dimension => dimension.Name)]);
        var rounds = ValidatedOption.Number("--rounds", "N", $"Rounds [default: {GrowthContest.Rounds}]", 1);
        var seconds = ValidatedOption.Number("--seconds", "S", $"Seconds of work per quantity, value and round [default: {GrowthContest.RoundSeconds}]", 0.01);
        var json = ValidatedOption.Path("--json", "Also write the rows as JSON");
        var svg = ValidatedOption.Path("--svg", "Also draw the curves as SVG pictures into FOLDER", "FOLDER");
        var from = ValidatedOption.Path("--from", "Read the rows from a file written by --json instead of measuring");
        var command = new RootCommand("Measures what it costs to grow: one dimension of an LSTM, its data or its training at a time, the others as in the base.")
        {
            growth, only, rounds, seconds, json, svg, from,
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(only) ?? [];
            GrowthProgram.Run(new GrowthOptions(
                [.. GrowthDimension.All.Where(dimension => names.Length == 0 || names.Contains(dimension.Name))],
                parsed.GetValue(rounds),
                parsed.GetValue(seconds) is { } time ? TimeSpan.FromSeconds(time) : null,
                parsed.GetValue(json),
                parsed.GetValue(svg),
                parsed.GetValue(from)));
        });
        return command;
    }
}
