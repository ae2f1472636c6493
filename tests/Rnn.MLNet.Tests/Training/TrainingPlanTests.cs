namespace Rnn.MLNet.Tests.Training;

/// <summary>How many minibatches make an epoch, a training and a schedule.</summary>
public sealed class TrainingPlanTests
{
    private static readonly TrainingSettings Settings = PlainSettings.Value;

    [Theory]
    // Rows, steps at most: minibatches of an epoch, in all, and rows of a whole one.
    [InlineData(1, null, 1, 3, 1)]
    [InlineData(15, null, 1, 3, 15)]
    [InlineData(16, null, 1, 3, 16)]
    [InlineData(17, null, 2, 6, 16)]
    [InlineData(96, null, 6, 18, 16)]
    [InlineData(96, 17L, 6, 17, 16)]
    [InlineData(96, 18L, 6, 18, 16)]
    [InlineData(96, 19L, 6, 18, 16)]
    [InlineData(1L << 40, null, 1L << 36, 3L << 36, 16)]
    public void The_last_minibatch_of_an_epoch_may_be_smaller(long rows, long? maxSteps, long inEpoch, long steps, int batchRows)
    {
        var settings = Settings with { MaxSteps = maxSteps };

        Assert.Equal(new TrainingPlan(inEpoch, 3, maxSteps), settings.Plan(rows));
        Assert.Equal(steps, settings.Plan(rows).Steps);
        Assert.Equal(batchRows, settings.BatchRows(rows));
    }

    [Theory]
    [InlineData(null, null, 9)]
    [InlineData(null, 5L, 5)]
    [InlineData(null, 50L, 9)]
    [InlineData(4, null, 12)]
    [InlineData(4, 5L, 12)]
    public void A_schedule_spans_its_own_epochs_or_the_training(int? scheduleEpochs, long? maxSteps, long expected)
    {
        Assert.Equal(expected, (Settings with { ScheduleEpochs = scheduleEpochs, MaxSteps = maxSteps }).ScheduleSteps(33));
    }

    [Theory]
    [InlineData(2, 18, null)]
    [InlineData(3, 19, "Epochs: at most 3 (18 minibatches) expected, 3 (19 minibatches) found")]
    public void More_than_the_epochs_is_too_much(int epochs, long steps, string? excess)
    {
        Assert.Equal(excess is null ? [] : [excess], new TrainingPlan(6, 3, null).Excess(epochs, steps));
        Assert.Equal(excess is null ? [] : [excess], new TrainingPlan(6, 3, 100).Excess(epochs, steps));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "MaxSteps: at most 10 expected, 11 found")]
    public void And_more_than_the_steps(long steps, string? excess)
    {
        Assert.Equal(excess is null ? [] : [excess], new TrainingPlan(6, 3, 10).Excess(1, steps));
    }

    [Fact]
    public void The_sums_of_an_epoch_are_sums_and_means()
    {
        var first = default(EpochSums).Add(new BatchGradient(null!, LossSum: 6, Weight: 4, MetricSum: 1), rows: 5, seconds: 0.5);
        var both = first.Add(new BatchGradient(null!, LossSum: 10, Weight: 4, MetricSum: 3), rows: 4, seconds: 2);

        Assert.Equal(new EpochSums(1, 5, 1, 6, 4, 1.5, 0.2, 0.5), first);
        Assert.Equal(new EpochSums(2, 9, 4, 16, 8, 2.5, 0.75, 2), both);
        Assert.Equal((2, 4 / 9.0), (both.Loss, both.Metric));
        // Rows that all weigh nothing have no loss.
        Assert.Equal(0, default(EpochSums).Add(new BatchGradient(null!, LossSum: 0, Weight: 0, MetricSum: 0), rows: 5, seconds: 1).Loss);
    }
}
