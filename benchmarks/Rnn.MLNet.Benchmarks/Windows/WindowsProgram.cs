namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>Measures windows of interleaved and of grouped rows, each table in a process of its own.</summary>
internal static class WindowsProgram
{
    public static void Run(int rows)
    {
        Console.WriteLine($"Windows of {LogTable.Length} steps of {LogTable.Features} features, stride {LogTable.Stride}, {LogTable.Groups:N0} groups; every value of every window is checked.");
        MarkdownTable.Begin("order of the rows", "rows", "windows", "rows/s", "windows/s", "rows/s, rows only", "live managed memory, MB", "peak of the process, MB");
        foreach (var order in Enum.GetValues<LogOrder>())
        {
            foreach (var count in new[] { rows / 10, rows })
            {
                var result = WindowsResult.Of(ChildTask.RunInFreshProcess($"{WindowsTask.Name}/{order}/{count.ToString(CultureInfo.InvariantCulture)}"));
                MarkdownTable.Row(
                    $"{order}", $"{count:N0}", $"{result.Windows:N0}", $"{count / result.Seconds:N0}", $"{result.Windows / result.Seconds:N0}",
                    $"{count / result.RowsOnlySeconds:N0}", $"{result.LiveMegabytes:F1}", $"{result.PeakMegabytes:N0}");
            }
        }
    }
}
