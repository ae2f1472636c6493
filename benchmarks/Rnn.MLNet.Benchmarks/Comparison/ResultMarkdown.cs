using System.Text;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>The rows as tables in a document, between two marks, so that no figure of it is ever typed by hand.</summary>
internal static class ResultMarkdown
{
    private const string Begin = "<!-- figures: written by the program -->";
    private const string End = "<!-- end of the figures -->";

    /// <summary>Replaces what is between the marks of the document; makes the document if there is none.</summary>
    /// <param name="path">The document.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="heading">Where and when they were measured.</param>
    /// <exception cref="InvalidDataException">The document has no marks.</exception>
    public static void Write(string path, IReadOnlyList<ResultRow> rows, string heading)
    {
        var document = File.Exists(path) ? File.ReadAllText(path) : $"{Begin}\n{End}\n";
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{path}: expected the lines '{Begin}' and '{End}', to put the figures between.");
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
