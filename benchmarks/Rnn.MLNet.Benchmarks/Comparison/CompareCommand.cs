using System.CommandLine;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Defines the command line of --compare.</summary>
internal static class CompareCommand
{
    public const string Switch = "--compare";

    public static RootCommand Create()
    {
        var compare = new Option<bool>(Switch) { Description = "Measure this library and its alternatives side by side" };
        var list = new Option<bool>("--list") { Description = "List the rows without measuring" };
        var rounds = ValidatedOption.Number("--rounds", "N", "Rounds of every contest [default: 5, or 3 for contests in new processes]", 1);
        var seconds = ValidatedOption.Number("--seconds", "S", "Seconds of work per contender and round [default: 0.5 to 2, depending on the contest]", 0.01);
        var only = new Option<string[]>("--only")
        {
            Description = "Measure only rows whose names start with NAME: training, training/lstm/128, scoring/lstm, accuracy, ...",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = ValidatedOption.Path("--json", "Also write the rows as JSON");
        var markdown = ValidatedOption.Path("--markdown", "Also write the rows into a Markdown document, between its two marker comments");
        var from = ValidatedOption.Path("--from", "Read the rows from a file written by --json instead of measuring");
        const string Description =
            "Compares Rnn.MLNet with its alternatives. Without --compare, all arguments are passed to BenchmarkDotNet: --filter '*' runs the "
            + "micro-benchmarks. "
            + "--series, --digits, --balance, --recall and --pixels measure what networks learn, --steps single time steps of live streams, --windows the windows of a large table, "
            + "--growth what larger tables and networks cost. "
            + "--fuzz, --soak, --stress, --kill and --numbers test reliability; --fuzz --help lists their options.";
        var command = new RootCommand(Description)
        {
            compare, list, rounds, seconds, only, json, markdown, from,
        };
        command.SetAction(parsed =>
        {
            var options = new CompareOptions(
                parsed.GetValue(rounds),
                parsed.GetValue(seconds) is { } time ? TimeSpan.FromSeconds(time) : null,
                new Selection(parsed.GetValue(only) ?? []),
                parsed.GetValue(json),
                parsed.GetValue(markdown));
            if (parsed.GetValue(list))
            {
                CompareProgram.List(options);
            }
            else if (parsed.GetValue(from) is { } file)
            {
                CompareProgram.Show(options, file);
            }
            else
            {
                CompareProgram.Measure(options);
            }
        });
        return command;
    }
}
