using Rnn.MLNet.Benchmarks.Latency;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>Measures the latency and the allocations of single steps.</summary>
internal static class StepMeasurement
{
    private const int CountedSteps = 1_000;

    /// <summary>Returns the median and the 99th percentile, in microseconds, and the bytes of managed memory that a step allocates.</summary>
    /// <param name="step">Runs the time step with the given number.</param>
    /// <param name="time">The minimum total time.</param>
    public static double[] Measure(Action<int> step, TimeSpan time)
    {
        var latencies = OneRowLatency.Measure(step, time);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < CountedSteps; i++)
        {
            step(i);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return [.. latencies, (double)allocated / CountedSteps];
    }
}
