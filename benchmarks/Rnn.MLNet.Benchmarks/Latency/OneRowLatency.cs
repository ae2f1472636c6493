namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>Measures the latency of single calls.</summary>
internal static class OneRowLatency
{
    /// <summary>Returns the median and the 99th percentile of the calls, in microseconds.</summary>
    /// <param name="call">Scores the row with the given number.</param>
    /// <param name="time">The minimum total time.</param>
    /// <param name="minimumCalls">The minimum number of calls; a 99th percentile needs many.</param>
    public static double[] Measure(Action<int> call, TimeSpan time, int minimumCalls = 1_000)
    {
        var ticks = new List<long>(1 << 16);
        var last = Stopwatch.GetTimestamp();
        var end = last + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < minimumCalls || last < end; i++)
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
