using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>The early stop by itself: which epoch is the best one, when it has been waited for long enough, and how it is resumed.</summary>
public sealed class EarlyStoppingTests : IDisposable
{
    private readonly ParameterSet _parameters = new([WeightSpec.Constant("bias", 0, 3)], seed: 1, CPU);

    public void Dispose() => _parameters.Dispose();

    [Theory]
    // Losses, patience, epochs of the warm-up: the best epoch, and the epoch that the training stops after.
    [InlineData(new[] { 5.0, 4, 3, 2, 1 }, 1, 0, 5, 0)]
    [InlineData(new[] { 5.0, 4, 4, 4 }, 2, 0, 2, 4)]
    [InlineData(new[] { 5.0, 4, 4.5, 3, 3.5, 3.4 }, 2, 0, 4, 6)]
    [InlineData(new[] { 5.0, 6 }, 1, 0, 1, 2)]
    [InlineData(new[] { 5.0, 6, 6, 6, 6 }, 2, 3, 1, 5)]
    [InlineData(new[] { 5.0, 6, 6, 4, 6, 6 }, 2, 3, 4, 6)]
    [InlineData(new[] { 5.0, 4, 6, 6, 6 }, 2, 3, 2, 5)]
    [InlineData(new[] { double.NaN, double.NaN }, 2, 0, 0, 2)]
    public void The_lowest_loss_is_the_best_and_an_equal_one_is_not_lower(double[] losses, int patience, int warmUp, int best, int stop)
    {
        using var stopping = new EarlyStopping(patience, warmUp);
        Assert.Null(stopping.BestWeights);
        for (var epoch = 1; epoch <= losses.Length; epoch++)
        {
            Assert.False(stopping.ShouldStop);
            Fill(epoch);
            stopping.Observe(epoch, losses[epoch - 1], _parameters);
            Assert.Equal(epoch, stopping.LastEpoch);
        }

        Assert.Equal(best, stopping.BestEpoch);
        Assert.Equal(best == 0 ? double.PositiveInfinity : losses[best - 1], stopping.BestLoss);
        Assert.Equal(stop == losses.Length, stopping.ShouldStop);
        stopping.Restore(_parameters);
        AssertFilled(best == 0 ? losses.Length : best);
    }

    [Fact]
    public void By_metric_the_most_accurate_epoch_is_the_best_and_of_several_the_one_with_the_lowest_loss()
    {
        using var stopping = new EarlyStopping(patience: 5, warmUpEpochs: 0, byMetric: true);
        void Observe(int epoch, double loss, double metric) => stopping.Observe(epoch, loss, _parameters, metric);

        Observe(1, 0.5, 0.8);
        Observe(2, 0.9, 0.9);
        Assert.Equal((2, 0.9), (stopping.BestEpoch, stopping.BestLoss));
        Observe(3, 0.1, 0.8);
        Observe(4, 0.7, 0.9);
        Assert.Equal((4, 0.7), (stopping.BestEpoch, stopping.BestLoss));
        Observe(5, double.NaN, 1);
        Observe(6, 0.7, 0.9);
        Assert.False(stopping.ShouldStop);
        Observe(7, 0.8, 0.9);
        Assert.Equal((4, true), (stopping.BestEpoch, stopping.ShouldStop));
    }

    [Fact]
    public void By_metric_an_equal_metric_does_not_renew_the_patience_but_may_be_the_best()
    {
        using var stopping = new EarlyStopping(patience: 3, warmUpEpochs: 0, byMetric: true);
        for (var epoch = 1; epoch <= 4; epoch++)
        {
            Assert.False(stopping.ShouldStop);
            stopping.Observe(epoch, 1.0 / epoch, _parameters, metric: 1);
        }

        Assert.Equal((4, true), (stopping.BestEpoch, stopping.ShouldStop));

        using var resumed = new EarlyStopping(patience: 3, warmUpEpochs: 0, byMetric: true);
        using var weights = full([3], 2, ScalarType.Float32, CPU);
        resumed.Resume(lastEpoch: 3, bestEpoch: 3, bestLoss: 0.3, weights, bestMetric: 1, improvedEpoch: 1);
        Assert.False(resumed.ShouldStop);
        resumed.Observe(4, 0.2, _parameters, metric: 1);
        Assert.Equal((4, true), (resumed.BestEpoch, resumed.ShouldStop));
    }

    [Fact]
    public void By_metric_it_is_resumed_with_the_metric()
    {
        using var stopping = new EarlyStopping(patience: 3, warmUpEpochs: 0, byMetric: true);
        using var weights = full([3], 2, ScalarType.Float32, CPU);

        stopping.Resume(lastEpoch: 4, bestEpoch: 2, bestLoss: 1.5, weights, bestMetric: 0.9);
        stopping.Observe(5, 0.1, _parameters, metric: 0.8);
        Assert.Equal(2, stopping.BestEpoch);
        stopping.Observe(6, 1.4, _parameters, metric: 0.9);
        Assert.Equal(6, stopping.BestEpoch);
    }

    [Fact]
    public void It_is_resumed_where_an_earlier_training_was()
    {
        using var stopping = new EarlyStopping(patience: 3, warmUpEpochs: 0);
        using var weights = full([3], 2, ScalarType.Float32, CPU);

        stopping.Resume(lastEpoch: 4, bestEpoch: 2, bestLoss: 1.5, weights);

        Assert.Equal((4, 2, 1.5), (stopping.LastEpoch, stopping.BestEpoch, stopping.BestLoss));
        Assert.False(stopping.ShouldStop);
        stopping.Observe(5, 1.5, _parameters);
        Assert.True(stopping.ShouldStop);
        // What was handed over is not what is kept.
        weights.zero_();
        stopping.Restore(_parameters);
        AssertFilled(2);
    }

    [Fact]
    public void Without_a_best_epoch_it_continues_counting()
    {
        using var stopping = new EarlyStopping(patience: 2, warmUpEpochs: 0);
        Fill(7);

        stopping.Resume(lastEpoch: 2, bestEpoch: 0, bestLoss: 0, null);

        Assert.True(stopping.ShouldStop);
        Assert.Equal((0, double.PositiveInfinity), (stopping.BestEpoch, stopping.BestLoss));
        stopping.Restore(_parameters);
        AssertFilled(7);
    }

    private void Fill(int value)
    {
        using var _ = no_grad();
        _parameters.Vector.fill_(value);
    }

    private void AssertFilled(int value) => Assert.All(_parameters.Vector.data<float>().ToArray(), weight => Assert.Equal(value, weight));
}
