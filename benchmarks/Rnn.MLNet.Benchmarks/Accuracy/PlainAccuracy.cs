using System.Runtime.InteropServices;
using Mnist;
using Rnn.MLNet.Benchmarks.Training;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>Measures the baseline, from the images to the trained network.</summary>
internal static class PlainAccuracy
{
    private const int TestBatch = 1_000;

    public static double[] Run(MnistDataSet training, MnistDataSet test)
    {
        InitializeDeviceType(DeviceType.CPU);
        var (testSequences, testLabels) = Tensors(test);

        var clock = new AccuracyClock();
        var (sequences, labels) = Tensors(training);
        using var loop = new PlainTrainingLoop(
            AccuracySettings.Shape, sequences, labels, AccuracySettings.BatchSize, AccuracySettings.PeakLearningRate)
        {
            GradientClipNorm = AccuracySettings.GradientClipNorm,
        };
        var steps = AccuracySettings.Epochs * loop.BatchesPerEpoch;
        long step = 0;
        for (var epoch = 0; epoch < AccuracySettings.Epochs; epoch++)
        {
            loop.Epoch(
                beforeStep: () => loop.SetLearningRate(AccuracySettings.LearningRate(step, steps)),
                afterStep: _ => step++,
                isDone: () => false);
            clock.Pause();
            clock.Observe(Accuracy(loop, testSequences, testLabels));
            clock.Resume();
        }

        clock.Pause();
        return clock.Values();
    }

    private static double Accuracy(PlainTrainingLoop loop, Tensor sequences, Tensor labels)
    {
        using var mode = no_grad();
        loop.Network.eval();
        long right = 0;
        for (long start = 0; start < labels.shape[0]; start += TestBatch)
        {
            using var scope = NewDisposeScope();
            var predicted = loop.Network.forward(sequences.narrow(0, start, TestBatch)).argmax(1);
            right += predicted.eq(labels.narrow(0, start, TestBatch)).sum().item<long>();
        }

        return (double)right / labels.shape[0];
    }

    /// <summary>Copies the images one by one into a tensor, without a second copy of the data set.</summary>
    private static (Tensor Sequences, Tensor Labels) Tensors(MnistDataSet set)
    {
        var sequences = empty(set.Count, LabelledSequence.Side, LabelledSequence.Side);
        var labels = empty(set.Count, ScalarType.Int64);
        var values = MemoryMarshal.Cast<byte, float>(sequences.bytes);
        var classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        foreach (var (row, digit) in set.Digits().Index())
        {
            digit.Features.CopyTo(values[(row * digit.Features.Length)..]);
            classes[row] = digit.Label;
        }

        return (sequences, labels);
    }
}
