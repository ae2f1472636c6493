using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Measures the upper bound for any program: float32 multiply-adds in registers, on all cores, without memory access.</summary>
internal static class MultiplyAddPeak
{
    /// <summary>The number of independent sums, enough to hide the latency of each.</summary>
    private const int Sums = 10;

    private const int Repeats = 100_000;

    /// <summary>Returns the GFLOP/s of all cores together, over the time in which all of them are at work: a core alone may run at a higher clock.</summary>
    public static double Measure(TimeSpan time)
    {
        var cores = Environment.ProcessorCount;
        var speeds = new double[cores];
        using var start = new Barrier(cores);
        var threads = Enumerable.Range(0, cores).Select(core => new Thread(() => speeds[core] = MeasureCore(time, start))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return speeds.Sum();
    }

    private static double MeasureCore(TimeSpan time, Barrier start)
    {
        Run();
        start.SignalAndWait();
        var clock = Stopwatch.StartNew();
        var runs = 0;
        do
        {
            Run();
            runs++;
        }
        while (clock.Elapsed < time);

        var lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
        return 2.0 * lanes * Sums * Repeats * runs / clock.Elapsed.TotalSeconds / 1e9;
    }

    private static float Run() => Vector512.IsHardwareAccelerated ? Run512(0.5f) : Run256(0.5f);

    // Unrolled by hand, because sums in an array would go through memory.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float factor)
    {
        Vector512<float> x = Vector512.Create(factor), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (var n = 0; n < Repeats; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
        }

        return (a + b + c + d + e + f + g + h + i + j)[0];
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float factor)
    {
        Vector256<float> x = Vector256.Create(factor), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (var n = 0; n < Repeats; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, x);
            b = Vector256.FusedMultiplyAdd(b, x, x);
            c = Vector256.FusedMultiplyAdd(c, x, x);
            d = Vector256.FusedMultiplyAdd(d, x, x);
            e = Vector256.FusedMultiplyAdd(e, x, x);
            f = Vector256.FusedMultiplyAdd(f, x, x);
            g = Vector256.FusedMultiplyAdd(g, x, x);
            h = Vector256.FusedMultiplyAdd(h, x, x);
            i = Vector256.FusedMultiplyAdd(i, x, x);
            j = Vector256.FusedMultiplyAdd(j, x, x);
        }

        return (a + b + c + d + e + f + g + h + i + j)[0];
    }
}
