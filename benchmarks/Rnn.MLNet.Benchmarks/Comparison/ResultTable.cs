using Spectre.Console;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Prints the rows as a table to the console.</summary>
internal static class ResultTable
{
    /// <summary>The width of redirected output, where there is no terminal to query; it fits all row names.</summary>
    private const int RedirectedWidth = 160;

    public static void Print(IReadOnlyList<ResultRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("name").AddColumn("unit");
        foreach (var name in new[] { "median", "best", "rounds", "ratio" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("baseline");
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Name), Markup.Escape(row.Unit), Figure.Value(row.Median), Figure.Value(row.Best),
                row.Rounds.ToString(CultureInfo.InvariantCulture), Figure.Ratio(row.Ratio), Markup.Escape(row.Baseline));
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console.Profile.Width = RedirectedWidth;
        }

        AnsiConsole.Write(table);
    }
}
