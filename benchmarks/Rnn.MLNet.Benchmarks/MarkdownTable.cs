namespace Rnn.MLNet.Benchmarks;

/// <summary>Prints a Markdown table for the documents.</summary>
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
