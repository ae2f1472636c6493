namespace Rnn.MLNet.Tests.Cuda;

/// <summary>Trainings on the GPU and what they are compared with. Every test that uses it is skipped where there is no GPU.</summary>
internal static class Gpu
{
    /// <summary>Sums in another order, over some tens of steps.</summary>
    public const double Tolerance = 2e-3;

    /// <summary>Enough of everything for the layers, the mask, the measured epochs and the last, smaller minibatch.</summary>
    public static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Device = RnnDevice.Cuda, Epochs = 3, BatchSize = 20, Shards = 1 };

    /// <summary>Skips the test where libtorch finds no GPU.</summary>
    public static void Require()
    {
        Libtorch.Load();
        Assert.SkipUnless(torch.cuda.is_available(), "It needs an NVIDIA GPU and a libtorch built for CUDA.");
    }

    /// <summary>A training on the GPU, or a skipped test.</summary>
    public static RnnClassifierTransformer Fit(RnnClassifierOptions options, int rows = 96)
    {
        Require();
        return SyntheticSequences.Fit(options, rows);
    }

    /// <summary>The same training on the processor.</summary>
    public static RnnClassifierTransformer FitOnTheProcessor(RnnClassifierOptions options, int rows = 96)
    {
        Require();
        return SyntheticSequences.Fit(options with { Device = RnnDevice.Cpu }, rows);
    }

    /// <summary>Both devices measured the same in every epoch, and score alike.</summary>
    public static void AssertAgree(RnnClassifierTransformer processor, RnnClassifierTransformer gpu)
    {
        Assert.Equal(processor.History.Steps, gpu.History.Steps);
        Assert.Equal(processor.History.BestEpoch, gpu.History.BestEpoch);
        Assert.Equal(processor.History.Epochs.Count, gpu.History.Epochs.Count);
        foreach (var (expected, actual) in processor.History.Epochs.Zip(gpu.History.Epochs))
        {
            Assert.Equal(expected.Loss, actual.Loss, Tolerance);
            Assert.Equal(expected.ValidationLoss ?? 0, actual.ValidationLoss ?? 0, Tolerance);
        }

        var data = SyntheticSequences.Keyed(new MLContext(), 60, seed: 2);
        ScoreColumns.AssertAgree(processor.Transform(data).Scores(), gpu.Transform(data).Scores(), Tolerance);
    }
}
