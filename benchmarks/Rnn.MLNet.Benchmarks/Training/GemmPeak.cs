using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Measures the best case of the machine: one large float32 matrix product with the library that libtorch uses.</summary>
internal static class GemmPeak
{
    private const int Size = 2048;

    /// <summary>Returns the GFLOP/s of the fastest product within the time.</summary>
    public static double Measure(int threads, TimeSpan time)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var left = rand(Size, Size);
        var right = rand(Size, Size);
        var product = zeros(Size, Size);
        var best = TimeSpan.MaxValue;
        var clock = Stopwatch.StartNew();
        // At least twice: the first product initialises the library.
        for (var i = 0; i < 2 || clock.Elapsed < time; i++)
        {
            var start = clock.Elapsed;
            product.addmm_(left, right, beta: 0);
            var elapsed = clock.Elapsed - start;
            best = elapsed < best ? elapsed : best;
        }

        set_num_threads(Environment.ProcessorCount);
        return 2.0 * Size * Size * Size / best.TotalSeconds / 1e9;
    }
}
