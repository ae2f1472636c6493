namespace Rnn.MLNet.Benchmarks.Reliability;

/// <summary>A table as the documents want it.</summary>
internal static class MarkdownTable
{
    public static void Begin(params string[] header)
    {
        Console.WriteLine();
        Row(header);
        Row([.. header.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
