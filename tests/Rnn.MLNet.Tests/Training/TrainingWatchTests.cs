namespace Rnn.MLNet.Tests.Training;

/// <summary>What is warned of while a training runs.</summary>
public sealed class TrainingWatchTests
{
    private readonly List<string> _warned = [];

    [Fact]
    public void A_loss_beyond_a_thousand_is_warned_of_once()
    {
        var watch = new TrainingWatch(divergedLoss: 1000, _warned.Add);
        watch.Observe(1, 1000, null);
        Assert.Empty(_warned);

        watch.Observe(2, 12345, 1);
        watch.Observe(3, 54321, null);

        Assert.Equal(
            "The loss grew to 1.23E+04 in epoch 2, far above that of guessing: the training does not converge. Try a smaller LearningRate, or features scaled to about -1 to 1.",
            Assert.Single(_warned));
    }

    [Fact]
    public void A_validation_loss_that_is_not_finite_is_warned_of_once()
    {
        var watch = new TrainingWatch(divergedLoss: 1000, _warned.Add);
        watch.Observe(1, 1, 5000);
        watch.Observe(2, 1, null);
        Assert.Empty(_warned);

        watch.Observe(3, 1, double.PositiveInfinity);
        watch.Observe(4, 1, double.NaN);

        Assert.Equal(
            "The validation loss of epoch 3 is Infinity: an epoch with such a loss is never the best. Check whether the validation rows have features that are far larger than those of the training rows.",
            Assert.Single(_warned));
    }

    [Fact]
    public void Each_is_warned_of_for_itself()
    {
        var watch = new TrainingWatch(divergedLoss: 1000, _warned.Add);

        watch.Observe(1, 2000, double.NaN);

        Assert.Equal(2, _warned.Count);
    }
}
