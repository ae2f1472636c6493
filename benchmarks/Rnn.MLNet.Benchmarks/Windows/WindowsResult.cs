namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>What was measured with one table.</summary>
/// <param name="Windows">The number of windows.</param>
/// <param name="Seconds">The time to read all windows, the shortest of some passes.</param>
/// <param name="RowsOnlySeconds">The time to read the same columns of the rows, without windows, the shortest of some passes.</param>
/// <param name="LiveMegabytes">The largest managed memory in use after a collection, at a hundred points of a pass.</param>
/// <param name="PeakMegabytes">The peak physical memory of the process.</param>
internal sealed record WindowsResult(long Windows, double Seconds, double RowsOnlySeconds, double LiveMegabytes, double PeakMegabytes)
{
    public double[] Values => [Windows, Seconds, RowsOnlySeconds, LiveMegabytes, PeakMegabytes];

    public static WindowsResult Of(double[] values) => new((long)values[0], values[1], values[2], values[3], values[4]);
}
