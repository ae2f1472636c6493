using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Decides what <see cref="RnnPrecision.Auto"/> means: bfloat16 only where the processor has instructions for it and a step
/// of this very network measures clearly faster. Decided once a process for each network, batch size and number of workers,
/// so that a refit gives the same bits.
/// </summary>
internal static class PrecisionChoice
{
    private const int Rounds = 8;

    /// <summary>What bfloat16 must save to be worth its rounding.</summary>
    private const double WorthWhile = 1.25;

    private static readonly ConcurrentDictionary<(NetworkSpec Spec, int BatchSize, int Workers), ScalarType> Decided = new();

    public static ScalarType Choose(
        RnnPrecision precision, RecurrentNetwork network, WorkerGroup workers, int batchSize, Action throwIfCanceled) => precision switch
        {
            RnnPrecision.Float32 => ScalarType.Float32,
            RnnPrecision.BFloat16 => ScalarType.BFloat16,
            _ when network.Device.type != DeviceType.CPU || !ProcessorHasBFloat16() => ScalarType.Float32,
            _ => Decided.GetOrAdd((network.Spec, batchSize, workers.Count), _ => Measure(network, workers, batchSize, throwIfCanceled)),
        };

    private static ScalarType Measure(RecurrentNetwork network, WorkerGroup workers, int batchSize, Action throwIfCanceled)
    {
        var batch = RandomBatch(new SequenceShape(network.Spec.TimeSteps, network.Spec.Features), batchSize);
        using var single = new DataParallelGradient(network, workers, ScalarType.Float32, seed: 0, workers.Count);
        using var half = new DataParallelGradient(network, workers, ScalarType.BFloat16, seed: 0, workers.Count);
        double bestSingle = double.MaxValue, bestHalf = double.MaxValue;
        // The best of several, side by side: what else the machine does can only slow a step down.
        for (var round = 0; round < Rounds; round++)
        {
            throwIfCanceled();
            bestSingle = Math.Min(bestSingle, Seconds(single, batch));
            bestHalf = Math.Min(bestHalf, Seconds(half, batch));
        }

        return bestSingle / bestHalf >= WorthWhile ? ScalarType.BFloat16 : ScalarType.Float32;
    }

    private static double Seconds(DataParallelGradient gradient, Minibatch batch)
    {
        var start = Stopwatch.GetTimestamp();
        gradient.Compute(batch, step: 0).Gradient.Dispose();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Minibatch RandomBatch(SequenceShape shape, int count)
    {
        var set = new SequenceSet(shape, count);
        var random = new Random(0);
        for (var row = 0; row < count; row++)
        {
            foreach (ref var value in set.NextRow())
            {
                value = random.NextSingle();
            }

            set.Add(label: 0, weight: 1);
        }

        return new Minibatch(set, Enumerable.Range(0, count).ToArray());
    }

    /// <summary>AVX512-BF16 (CPUID leaf 7.1, EAX bit 5) or AMX-BF16 (leaf 7.0, EDX bit 22).</summary>
    private static bool ProcessorHasBFloat16() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 &&
        ((X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0);
}
