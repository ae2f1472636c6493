namespace Rnn.MLNet.Benchmarks.Reliability;

/// <summary>A table as the documents want it.</summary>
internal static class MarkdownTable
{
    public static void Print(string[] header, IEnumerable<string[]> rows)
    {
        Print(header);
        Print([.. header.Select((_, i) => i == 0 ? "---" : "---:")]);
        foreach (var row in rows)
        {
            Print(row);
        }

        Console.WriteLine();
    }

    public static void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
