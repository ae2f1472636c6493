using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>When a checkpoint is written: after every epoch, after every so many minibatches, and where a training ends.</summary>
public sealed class CheckpointTimingTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 3, ScheduleEpochs = 3 };

    private readonly TemporaryFile _file = new(".checkpoint");

    public void Dispose() => _file.Dispose();

    [Theory]
    // Epochs are of six minibatches.
    [InlineData(5L, null, 1L)]
    [InlineData(8L, null, 7L)]
    [InlineData(12L, null, 13L)]
    [InlineData(5L, 3, 4L)]
    [InlineData(8L, 4, 9L)]
    [InlineData(11L, 4, 9L)]
    [InlineData(13L, 4, 13L)]
    [InlineData(17L, 4, 17L)]
    [InlineData(17L, 100, 13L)]
    public void An_interrupted_training_is_resumed_after_the_last_one(long canceled, int? interval, long next)
    {
        using var source = new CancellationTokenSource();
        var options = Options with { CheckpointPath = _file.Path, CheckpointInterval = interval };
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(options with
        {
            CancellationToken = source.Token,
            Progress = new Listener(report =>
            {
                if (report.Step == canceled && !report.EpochEnded)
                {
                    source.Cancel();
                }
            }),
        }));
        var listener = new Listener();

        SyntheticSequences.Fit(options with { Progress = listener }).Dispose();

        Assert.Equal(next, listener.Reports[0].Step);
        Assert.Equal(18, listener.Reports[^1].Step);
        Assert.Equal(3 * 96, listener.Reports[^1].RowsSeen);
    }

    [Fact]
    public void An_epoch_is_reported_once_its_checkpoint_is_written()
    {
        var written = new List<bool>();

        SyntheticSequences.Fit(Options with { CheckpointPath = _file.Path, Progress = new Listener(report => written.Add(File.Exists(_file.Path))) }).Dispose();

        // Six minibatches without, and then the end of the first epoch.
        Assert.Equal(6, written.IndexOf(true));
        Assert.DoesNotContain(false, written[6..]);
    }

    /// <summary>The best epoch was before the interruption, and no later one is better.</summary>
    [Fact]
    public void The_best_epoch_is_kept_over_the_interruption()
    {
        var context = new MLContext(seed: 1);
        var contrary = SyntheticSequences.Rows(60, seed: 4).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label == "red" ? "blue" : "red" });
        var options = Options with
        {
            Epochs = 12,
            ScheduleEpochs = 12,
            LearningRateSchedule = LearningRateSchedule.Constant,
            EarlyStoppingPatience = 5,
            ValidationSet = SyntheticSequences.Keyed(context, contrary),
        };
        using var whole = SyntheticSequences.Fit(options);
        SyntheticSequences.Fit(options with { Epochs = whole.History.BestEpoch + 2, CheckpointPath = _file.Path }).Dispose();

        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path });

        Assert.True(whole.History.StoppedEarly);
        Assert.True(resumed.History.StoppedEarly);
        Assert.Equal(whole.History.BestEpoch, resumed.History.BestEpoch);
        Assert.Equal(whole.History.BestEpoch + 5, resumed.History.Epochs.Count);
        Assert.Equal(whole.WeightBits(), resumed.WeightBits());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_state_that_is_not_finite_is_seen_in_the_weights_and_in_the_optimizers_memory(float value)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterSet([WeightSpec.Zeros("a", 3)], seed: 1, CPU);
        using var optimizer = OptimizerFactory.Create(parameters, OptimizerKind.Adam, weightDecay: 0);
        var state = new TrainingState(parameters, optimizer, earlyStopping: null);
        Assert.True(state.IsFinite());

        foreach (var vector in (Tensor[])[parameters.Vector, optimizer.State[0], optimizer.State[1]])
        {
            vector[1] = value;
            Assert.False(state.IsFinite());
            vector[1] = 0;
            Assert.True(state.IsFinite());
        }
    }
}
