using System.Text;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Writes the rows as tables into a Markdown document, between two marker comments. No figure has to be copied by hand.</summary>
internal static class ResultMarkdown
{
    private const string Begin = "<!-- figures: written by the program -->";
    private const string End = "<!-- end of the figures -->";

    /// <summary>Replaces the text between the markers of a document; creates the document if it does not exist.</summary>
    /// <param name="path">The path of the document.</param>
    /// <param name="rows">The rows to write.</param>
    /// <param name="heading">A line on where and when the rows were measured.</param>
    /// <exception cref="InvalidDataException">The document lacks the markers.</exception>
    public static void Write(string path, IReadOnlyList<ResultRow> rows, string heading)
    {
        var document = File.Exists(path) ? File.ReadAllText(path) : $"{Begin}\n{End}\n";
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{path}: expected the marker lines '{Begin}' and '{End}'.");
        }

        File.WriteAllText(path, $"{document[..(begin + Begin.Length)]}\n\n{heading}\n{Tables(rows)}\n{document[end..]}");
    }

    private static string Tables(IReadOnlyList<ResultRow> rows)
    {
        var text = new StringBuilder();
        foreach (var group in rows.GroupBy(row => row.Name.Split('/')[0]))
        {
            text.Append($"\n### {group.Key}\n\n| row | median | best | unit | rounds | ratio | to |\n|---|---:|---:|---|---:|---:|---|\n");
            foreach (var row in group)
            {
                var baseline = row.Baseline == row.Name ? "" : $"`{row.Baseline}`";
                text.Append($"| `{row.Name}` | {Figure.Value(row.Median)} | {Figure.Value(row.Best)} | {row.Unit} ");
                text.Append($"| {row.Rounds} | {Figure.Ratio(row.Ratio)} | {baseline} |\n");
            }
        }

        return text.ToString();
    }
}
