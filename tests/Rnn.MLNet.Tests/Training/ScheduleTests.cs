namespace Rnn.MLNet.Tests.Training;

/// <summary>Every rate of every schedule, worked out by hand for a peak of 2.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<LearningRateSchedule, double[]> Rates => new()
    {
        { LearningRateSchedule.Constant, [1, 1, 1, 1] },
        // (1 + cos 0°, 30°, 60° …) / 2; the step after the last would be at 0.
        { LearningRateSchedule.Cosine, [1, 0.933012702, 0.75, 0.5, 0.25, 0.0669872981, 0] },
        { LearningRateSchedule.Cosine, [1, 0.853553391, 0.5, 0.146446609, 0] },
        // From 1/25 in three steps of 60° to the peak, and in seven down to a 250,000th.
        {
            LearningRateSchedule.OneCycle,
            [0.04, 0.28, 0.76, 1, 0.950484632, 0.811745654, 0.611262022, 0.388741978, 0.188258346, 0.049519368, 4e-6]
        },
        // The rise is a step and a half long.
        { LearningRateSchedule.OneCycle, [0.04, 0.76, 0.950484632, 0.611262022, 0.188258346, 4e-6] },
        { LearningRateSchedule.OneCycle, [0.04, 4e-6] },
    };

    [Theory]
    [MemberData(nameof(Rates), DisableDiscoveryEnumeration = true)]
    public void Every_rate_is_the_one_worked_out(LearningRateSchedule kind, double[] shares)
    {
        var schedule = new Schedule(kind, peak: 2, shares.Length - 1);

        for (var step = 0; step < shares.Length; step++)
        {
            Assert.Equal(2 * shares[step], schedule.At(step), 1e-8);
        }

        if (kind == LearningRateSchedule.OneCycle)
        {
            Assert.Equal(2 / 250_000.0, schedule.At(shares.Length - 1), 1e-15);
        }
    }

    [Theory]
    [InlineData(LearningRateSchedule.OneCycle, 1, 1)]
    [InlineData(LearningRateSchedule.OneCycle, 5, 2)]
    [InlineData(LearningRateSchedule.OneCycle, 10, 3)]
    [InlineData(LearningRateSchedule.OneCycle, 11, 4)]
    [InlineData(LearningRateSchedule.OneCycle, 10_000_000_000, 3_000_000_000)]
    [InlineData(LearningRateSchedule.Constant, 10, 0)]
    [InlineData(LearningRateSchedule.Cosine, 10, 0)]
    public void The_rise_ends_with_the_step_at_the_peak(LearningRateSchedule kind, long steps, long expected) =>
        Assert.Equal(expected, new Schedule(kind, peak: 2, steps).WarmUpSteps);

    /// <summary>47 rows in minibatches of 12: four steps an epoch.</summary>
    [Theory]
    [InlineData(LearningRateSchedule.OneCycle, 5, null, null, 20, 20)]
    [InlineData(LearningRateSchedule.OneCycle, 5, 10, null, 20, 40)]
    [InlineData(LearningRateSchedule.OneCycle, 5, null, 7L, 7, 7)]
    [InlineData(LearningRateSchedule.Cosine, 2, null, 100L, 8, 8)]
    [InlineData(LearningRateSchedule.Cosine, 3, 4, 7L, 7, 16)]
    public void A_training_steps_with_these_rates(LearningRateSchedule kind, int epochs, int? scheduleEpochs, long? maxSteps, int steps, long span)
    {
        var listener = new Listener();
        var options = SyntheticSequences.Options with
        {
            LearningRate = 0.01,
            LearningRateSchedule = kind,
            Epochs = epochs,
            ScheduleEpochs = scheduleEpochs,
            MaxSteps = maxSteps,
            BatchSize = 12,
            Progress = listener,
        };
        SyntheticSequences.Fit(options, rows: 47).Dispose();

        var schedule = new Schedule(kind, 0.01, span);
        Assert.Equal(Enumerable.Range(0, steps).Select(step => schedule.At(step)), listener.Reports.Where(report => !report.EpochEnded).Select(report => report.LearningRate));
    }
}
