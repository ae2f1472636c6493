using Rnn.MLNet.Tests.Native;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>A fit that fails leaks no tensor of its network.</summary>
[Collection(nameof(Alone))]
public sealed class FailedFitTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Of_an_error_in_training()
    {
        var data = SyntheticSequences.Keyed(_context, 24);
        var estimator = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { Progress = new Listener(_ => throw new FormatException("mine")) });

        TensorLeaks.AssertNone(() => Assert.Equal("mine", Assert.Throws<FormatException>(() => estimator.Fit(data)).Message), times: 3);
    }

    [Fact]
    public void Of_an_import_that_does_not_fit()
    {
        var data = SyntheticSequences.Keyed(_context, 24);
        var estimator = _context.Transforms.RnnClassifierFromTensorFlow(
            SyntheticSequences.Options, new TensorFlowWeights { Layers = [], OutputKernel = new([0], 1, 1), OutputBias = new([0], 1) });

        TensorLeaks.AssertNone(() => Assert.StartsWith("The network has 1 layer of ", Assert.Throws<ArgumentException>(() => estimator.Fit(data)).Message), times: 3);
    }
}
