namespace Rnn.MLNet.Tests.Training;

/// <summary>A cancelled training throws, or returns what was learnt.</summary>
public sealed class CancelledTrainingTests : IDisposable
{
    private static readonly RnnClassifierOptions Keeping = SyntheticSequences.Options with { Epochs = 4, ScheduleEpochs = 4, OnCancel = OnCancel.KeepBest };

    private readonly TemporaryFile _file = new(".checkpoint");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 1)]
    [InlineData(9, 2)]
    public void It_returns_the_weights_of_the_last_minibatch(long step, int epochs)
    {
        using var expected = SyntheticSequences.Fit(Keeping with { MaxSteps = step });

        using var stopped = Stopped(Keeping, step);

        Assert.Equal(expected.WeightBits(), stopped.WeightBits());
        Assert.True(stopped.History.Canceled);
        Assert.False(expected.History.Canceled);
        Assert.Equal(step, stopped.History.Steps);
        Assert.Equal(epochs, stopped.History.Epochs.Count);
        Assert.Equal(epochs, stopped.History.BestEpoch);
        Assert.Equal(expected.History.Epochs[^1].Loss, stopped.History.Epochs[^1].Loss);
        Assert.False(stopped.History.StoppedEarly);
    }

    [Fact]
    public void With_early_stopping_it_returns_the_best_epoch()
    {
        var options = Keeping with { ValidationFraction = 0.2, EarlyStoppingPatience = 9 };
        using var whole = SyntheticSequences.Fit(options);
        var best = whole.History.Epochs.Take(3).MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        using var expected = SyntheticSequences.Fit(options with { Epochs = best });

        using var stopped = Stopped(options, 17);

        Assert.Equal(best, stopped.History.BestEpoch);
        Assert.Equal(expected.WeightBits(), stopped.WeightBits());
        Assert.Equal(4, stopped.History.Epochs.Count);
        Assert.Null(stopped.History.Epochs[3].ValidationLoss);
    }

    [Fact]
    public void At_the_end_of_an_epoch_it_is_not_measured_any_more()
    {
        using var stopped = Stopped(Keeping with { ValidationFraction = 0.2, EarlyStoppingPatience = 9 }, 15);

        // Three epochs of five minibatches.
        Assert.Equal(3, stopped.History.Epochs.Count);
        Assert.NotNull(stopped.History.Epochs[1].ValidationLoss);
        Assert.Null(stopped.History.Epochs[2].ValidationLoss);
    }

    [Fact]
    public void With_a_checkpoint_it_can_be_resumed()
    {
        using var expected = SyntheticSequences.Fit(Keeping);
        Stopped(Keeping with { CheckpointPath = _file.Path }, 9).Dispose();
        var listener = new Listener();

        using var resumed = SyntheticSequences.Fit(Keeping with { CheckpointPath = _file.Path, Progress = listener });

        Assert.Equal(10, listener.Reports[0].Step);
        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
        Assert.False(resumed.History.Canceled);
    }

    [Fact]
    public void The_cancellation_of_the_context_is_one()
    {
        var context = new MLContext(seed: 1);
        using var stopped = context.Transforms.RnnClassifier(Keeping with { Progress = At(5, () => MLNetAccessors.Cancel(context)) })
            .Fit(SyntheticSequences.Keyed(context, 96));

        Assert.True(stopped.History.Canceled);
        Assert.Equal(5, stopped.History.Steps);
    }

    [Fact]
    public void Before_the_first_minibatch_there_is_nothing_to_keep()
    {
        using var source = new CancellationTokenSource();
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Rows(96).ToList();
        var data = context.Data.LoadFromEnumerable(rows.Select((row, i) =>
        {
            if (i == 50)
            {
                source.Cancel();
            }

            return row;
        }));
        var keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(SyntheticSequences.Text(context, 3)).Transform(data);

        var error = Assert.ThrowsAny<OperationCanceledException>(
            () => context.Transforms.RnnClassifier(Keeping with { CancellationToken = source.Token }).Fit(keyed));

        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public void The_token_is_the_callers_while_a_thread_reads_ahead_too()
    {
        using var source = new CancellationTokenSource();
        var context = new MLContext(seed: 1);
        var pass = 0;
        IEnumerable<Sequence<string>> Rows()
        {
            var row = 0;
            pass++;
            foreach (var sequence in SyntheticSequences.Rows(96))
            {
                // In the second pass, before there is a whole minibatch to train on.
                if (pass == 2 && row++ == 5)
                {
                    source.Cancel();
                }

                yield return sequence;
            }
        }

        var keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(SyntheticSequences.Text(context, 3)).Transform(context.Data.LoadFromEnumerable(Rows()));
        var options = SyntheticSequences.Options with { CacheRows = CacheRows.None, CancellationToken = source.Token };

        var error = Assert.ThrowsAny<OperationCanceledException>(() => context.Transforms.RnnClassifier(options).Fit(keyed));

        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public void An_exception_that_is_no_cancellation_reaches_the_caller()
    {
        var listener = At(5, () => throw new OperationCanceledException("mine"));

        Assert.Equal("mine", Assert.Throws<OperationCanceledException>(() => SyntheticSequences.Fit(Keeping with { Progress = listener })).Message);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void The_context_is_seen_while_rows_are_first_read(CacheRows cacheRows)
    {
        // It is seen by the clock, which a busy machine keeps waiting.
        const int Slow = 100_000;
        var context = new MLContext(seed: 1);
        var read = 0;
        IEnumerable<Sequence<string>> Rows()
        {
            foreach (var row in SyntheticSequences.Rows(100 + Slow))
            {
                read++;
                if (read == 100)
                {
                    MLNetAccessors.Cancel(context);
                }

                if (read > 100)
                {
                    Thread.Sleep(1);
                }

                yield return row;
            }
        }

        var keyed = new MLContext(seed: 1).Transforms.Conversion.MapValueToKey("Label").Fit(SyntheticSequences.Text(context, 3))
            .Transform(new MLContext(seed: 1).Data.LoadFromEnumerable(Rows()));

        Assert.Throws<OperationCanceledException>(
            () => context.Transforms.RnnClassifier(Keeping with { CacheRows = cacheRows }).Fit(keyed));

        Assert.InRange(read, 100, 99 + Slow);
    }

    [Fact]
    public void Options_that_say_nothing_are_refused()
    {
        (RnnClassifierOptions Options, string Error)[] refused =
        [
            (Keeping with { OnCancel = (OnCancel)77 }, "OnCancel must be one of Throw, KeepBest; it is 77."),
            (Keeping with { CheckpointPath = "a", CheckpointInterval = 0 }, "CheckpointInterval must be at least 1, or null; it is 0."),
            (Keeping with { CheckpointInterval = 5 }, "CheckpointInterval must be null unless CheckpointPath is given; it is 5."),
        ];

        Assert.All(refused, given => Assert.StartsWith(
            given.Error, Assert.Throws<ArgumentOutOfRangeException>(() => new MLContext(seed: 1).Transforms.RnnClassifier(given.Options)).Message));
    }

    private static RnnClassifierTransformer Stopped(RnnClassifierOptions options, long step)
    {
        using var source = new CancellationTokenSource();
        return SyntheticSequences.Fit(options with { CancellationToken = source.Token, Progress = At(step, source.Cancel) });
    }

    private static Listener At(long step, Action act) => new(report =>
    {
        if (report.Step == step && !report.EpochEnded)
        {
            act();
        }
    });
}
