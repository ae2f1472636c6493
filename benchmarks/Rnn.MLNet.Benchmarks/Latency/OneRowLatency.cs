namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>Measures the latency of single calls.</summary>
internal static class OneRowLatency
{
    private const int MinimumCalls = 1_000;

    /// <summary>Returns the median and the 99th percentile, in microseconds, of at least 1,000 calls.</summary>
    /// <param name="call">Scores the row with the given number.</param>
    /// <param name="time">The minimum total time.</param>
    public static double[] Measure(Action<int> call, TimeSpan time)
    {
        var ticks = new List<long>(1 << 16);
        var last = Stopwatch.GetTimestamp();
        var end = last + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < MinimumCalls || last < end; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call(i);
            last = Stopwatch.GetTimestamp();
            ticks.Add(last - start);
        }

        ticks.Sort();
        return [Microseconds(ticks[ticks.Count / 2]), Microseconds(ticks[ticks.Count * 99 / 100])];
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
