using CsCheck;

namespace Rnn.MLNet.Tests.Training;

/// <summary>What is chosen where the options leave the length of a training open.</summary>
public sealed class TrainingLengthTests
{
    private static readonly RnnClassifierOptions Open = SyntheticSequences.Options with { Cell = new BasicRnnCell(1), Epochs = null, BatchSize = null };

    private static readonly SequenceShape Shape = new(SyntheticSequences.TimeSteps, SyntheticSequences.Values);

    [Theory]
    [InlineData(1, 16)]
    [InlineData(999, 16)]
    [InlineData(1_000, 32)]
    [InlineData(9_999, 32)]
    [InlineData(10_000, 64)]
    [InlineData(29_999, 64)]
    [InlineData(30_000, 128)]
    [InlineData(1_000_000_000_000, 128)]
    public void The_size_of_a_minibatch_grows_with_the_rows(long rows, int expected)
    {
        Assert.Equal(expected, TrainingLength.Of(Open, rows, Shape, hasValidation: false).BatchSize);
        Assert.Equal(7, TrainingLength.Of(Open with { BatchSize = 7 }, rows, Shape, hasValidation: false).BatchSize);
    }

    [Fact]
    public void The_number_of_steps_is_enough_and_bounded_for_any_data()
    {
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Int[1, 5_000], Gen.Int[1, 64]).Sample(
            (rows, timeSteps, features) =>
            {
                var length = TrainingLength.Of(Open, rows, new SequenceShape(timeSteps, features), hasValidation: false);

                Assert.True(length.Epochs >= 10);
                var steps = TrainingLength.StepsOf(Open, rows, new SequenceShape(timeSteps, features));
                Assert.Equal(length.Epochs * ((rows + length.BatchSize - 1) / length.BatchSize), steps);
                Assert.True(steps >= 500);
            },
            iter: 1000, threads: 1, seed: "0000KqkqPRn3");
    }

    [Theory]
    [InlineData(7, null, null, 7)]
    [InlineData(7, 9, 1L, 7)]
    [InlineData(null, 9, null, 9)]
    [InlineData(null, 9, 1L, 9)]
    [InlineData(null, null, 60L, 10)]
    [InlineData(null, null, 61L, 11)]
    [InlineData(null, null, long.MaxValue, int.MaxValue)]
    public void Explicit_values_win(int? epochs, int? scheduleEpochs, long? maxSteps, int expected)
    {
        var options = Open with { Epochs = epochs, ScheduleEpochs = scheduleEpochs, MaxSteps = maxSteps };

        Assert.Equal(new TrainingLength(16, expected, null, IsOpen: false), TrainingLength.Of(options, 96, Shape, hasValidation: true));
        Assert.Equal(5, TrainingLength.Of(options with { ValidationFraction = 0.1, EarlyStoppingPatience = 5 }, 96, Shape, hasValidation: true).Patience);
    }

    [Theory]
    // As many steps as ten times the rows, at least 1,000, at most 4,000.
    [InlineData(96, 6, null, 167)]
    [InlineData(200, 6, null, 154)]
    [InlineData(600, 6, null, 106)]
    [InlineData(200, 6, 100, 1000)]
    // Fewer of long rows, but at least 500, and ten epochs at least.
    [InlineData(200, 400, null, 121)]
    [InlineData(200, 100, 100, 500)]
    [InlineData(200, 1_000, null, 49)]
    [InlineData(200, 2_000, null, 39)]
    [InlineData(1_000_000, 6, null, 10)]
    public void The_number_of_epochs_is_that_of_the_steps(long rows, int timeSteps, int? batchSize, int expected)
    {
        TrainingLength Of(RnnOptions options, bool hasValidation) => TrainingLength.Of(options, rows, new SequenceShape(timeSteps, 2), hasValidation);
        var options = Open with { BatchSize = batchSize };

        Assert.Equal((expected, null, true), (Of(options, false).Epochs, Of(options, false).Patience, Of(options, false).IsOpen));
        // Patience is a quarter of them, and five at least.
        Assert.Equal((expected, Math.Max(5, expected / 4)), (Of(options, true).Epochs, Of(options, true).Patience));
        Assert.Equal(3, Of(options with { ValidationFraction = 0.1, EarlyStoppingPatience = 3 }, true).Patience);
    }

    [Fact]
    public void Few_rows_are_trained_on_for_enough_steps_and_none_is_held_out()
    {
        using var model = SyntheticSequences.Fit(Open, rows: 60);

        Assert.Equal((16, 250, 0L, false), (model.History.BatchSize, model.History.PlannedEpochs, model.History.ValidationRows, model.History.StoppedEarly));
        Assert.Equal(1000, model.History.Steps);
        Assert.Equal(250, model.History.Epochs.Count);
    }

    [Fact]
    public void Of_many_rows_a_tenth_is_held_out_to_stop_early()
    {
        using var model = SyntheticSequences.Fit(Open with { LearningRate = 1e-12, LearningRateSchedule = LearningRateSchedule.Constant }, rows: 10_000);

        Assert.Equal(1000, model.History.ValidationRows);
        Assert.True(model.History.StoppedEarly);
        Assert.True(model.History.Epochs.Count < model.History.PlannedEpochs);
        Assert.NotNull(model.History.Epochs[0].ValidationLoss);
    }

    [Theory]
    [InlineData(9_999, CacheRows.All, null, 0)]
    [InlineData(10_000, CacheRows.All, null, 1000)]
    [InlineData(10_000, CacheRows.All, 0.0, 0)]
    [InlineData(10_000, CacheRows.All, 0.5, 5000)]
    [InlineData(10_000, CacheRows.None, null, 0)]
    [InlineData(30_000, CacheRows.All, null, 2000)]
    public void A_share_is_held_out_only_where_there_are_rows_to_spare(int rows, CacheRows cacheRows, double? fraction, long expected)
    {
        using var cancellation = new CancellationTokenSource();
        var options = Open with
        {
            CacheRows = cacheRows,
            ValidationFraction = fraction,
            CancellationToken = cancellation.Token,
            OnCancel = OnCancel.KeepBest,
            Progress = new Listener(_ => cancellation.Cancel()),
        };

        using var model = SyntheticSequences.Fit(options, rows);

        Assert.Equal(expected, model.History.ValidationRows);
    }

    [Fact]
    public void It_ends_when_the_rows_are_learned()
    {
        using var model = SyntheticSequences.Fit(Open with { Cell = new BasicLstmCell(16), LearningRateSchedule = LearningRateSchedule.Constant }, rows: 30);

        Assert.True(model.History.StoppedEarly);
        var losses = model.History.Epochs.Select(epoch => epoch.Loss).ToArray();
        Assert.All(losses[^50..], loss => Assert.InRange(loss, 0, 0.001));
        Assert.False(losses[^51] <= 0.001);
        Assert.Equal(losses.Length, model.History.BestEpoch);
    }

    [Fact]
    public void One_that_is_cancelled_just_before_has_not_stopped_early()
    {
        var options = Open with { Cell = new BasicLstmCell(16), LearningRateSchedule = LearningRateSchedule.Constant };
        using var learned = SyntheticSequences.Fit(options, rows: 30);
        using var cancellation = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.Step == learned.History.Steps - 1)
            {
                cancellation.Cancel();
            }
        });

        using var cancelled = SyntheticSequences.Fit(options with { CancellationToken = cancellation.Token, OnCancel = OnCancel.KeepBest, Progress = listener }, rows: 30);

        Assert.Equal(learned.History.Epochs.Count, cancelled.History.Epochs.Count);
        Assert.Equal((true, false), (cancelled.History.Canceled, cancelled.History.StoppedEarly));
    }

    [Fact]
    public void A_length_that_is_given_is_trained_to_its_end_whatever_the_loss()
    {
        using var model = SyntheticSequences.Fit(Open with { Cell = new BasicLstmCell(16), LearningRateSchedule = LearningRateSchedule.Constant, Epochs = 400 }, rows: 30);

        Assert.False(model.History.StoppedEarly);
        Assert.Equal(400, model.History.Epochs.Count);
    }

    [Fact]
    public void A_length_that_is_given_holds_nothing_out()
    {
        using var epochs = SyntheticSequences.Fit(Open with { Epochs = 1 }, rows: 10_000);
        using var steps = SyntheticSequences.Fit(Open with { MaxSteps = 3 }, rows: 10_000);

        Assert.Equal((0, 1), (epochs.History.ValidationRows, epochs.History.Epochs.Count));
        Assert.Equal((0, 3), (steps.History.ValidationRows, steps.History.Steps));
    }

    [Fact]
    public void The_rows_of_a_validation_set_stop_it_early_too()
    {
        var context = new MLContext(seed: 1);
        var options = Open with { LearningRate = 1e-12, LearningRateSchedule = LearningRateSchedule.Constant, ValidationSet = SyntheticSequences.Keyed(context, 30, seed: 2) };

        using var model = context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(context, 96));

        Assert.True(model.History.StoppedEarly);
        Assert.Equal(30, model.History.ValidationRows);
    }

    [Fact]
    public void Rows_that_weigh_differently_are_stopped_by_loss()
    {
        string[] Log(RnnClassifierOptions options) => [.. TrainingLengthTests.Log(options with { ValidationFraction = 0.25 }).Where(message => message.Contains("stopping after", StringComparison.Ordinal))];
        var options = Open with { Cell = new BasicRnnCell(1) };

        Assert.Contains("without a better metric on 24 validation rows", Log(options).Single(), StringComparison.Ordinal);
        Assert.Contains("without a lower loss on 24 validation rows", Log(options with { ClassWeights = ClassWeights.Balanced }).Single(), StringComparison.Ordinal);
        Assert.Contains("without a lower loss on 24 validation rows", Log(options with { ExampleWeightColumnName = "Weight" }).Single(), StringComparison.Ordinal);
        Assert.Contains("without a lower loss on 24 validation rows", Log(options with { EarlyStoppingPatience = 2 }).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_says_what_was_chosen_and_what_was_not()
    {
        var (open, given) = (Log(Open with { MaxSteps = 3 }), Log(Open with { Epochs = 2, BatchSize = 48 }));

        Assert.Contains(open, message => message.Contains("At most 1 epoch of 6 minibatches of 16 rows, 3 steps. Chosen from the number of rows, because not set: Epochs, BatchSize.", StringComparison.Ordinal));
        Assert.Contains(given, message => message.EndsWith("At most 2 epochs of 2 minibatches of 48 rows, 4 steps.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_says_what_stops_it_early()
    {
        var options = Open with { LearningRate = 1e-12, ValidationFraction = 0.25, BatchSize = 72 };
        var (byMetric, byLoss, given) = (Log(options), Log(options with { EarlyStoppingPatience = 2 }), Log(options with { Epochs = 2, EarlyStoppingPatience = 2 }));

        Assert.Contains(byMetric, message => message.Contains(
            "1000 steps, stopping after 250 epochs without a better metric on 24 validation rows. Chosen from the number of rows, because not set: Epochs, EarlyStoppingPatience.",
            StringComparison.Ordinal));
        Assert.Contains(byLoss, message => message.Contains(
            "1000 steps, stopping after 2 epochs without a lower loss on 24 validation rows. Chosen from the number of rows, because not set: Epochs.", StringComparison.Ordinal));
        Assert.Contains(given, message => message.EndsWith("2 steps, stopping after 2 epochs without a lower loss on 24 validation rows.", StringComparison.Ordinal));
    }

    private static List<string> Log(RnnClassifierOptions options)
    {
        var context = new MLContext(seed: 1);
        var log = new List<string>();
        context.Log += (_, entry) =>
        {
            lock (log)
            {
                log.Add(entry.Message);
            }
        };
        context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(context, 96)).Dispose();
        return log;
    }
}
