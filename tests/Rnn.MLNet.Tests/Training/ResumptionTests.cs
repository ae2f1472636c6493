namespace Rnn.MLNet.Tests.Training;

/// <summary>A training may be interrupted anywhere, within an epoch too, and ends with the bits of one that was not.</summary>
public sealed class ResumptionTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with
    {
        Epochs = 4,
        Dropout = 0.2,
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 0.01,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 3,
    };

    private readonly TemporaryFile _file = new(".checkpoint");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void With_the_last_epoch_of_the_checkpoint_as_the_best()
    {
        // So high a rate that every epoch after the first is worse.
        var options = SyntheticSequences.Options with
        {
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 20,
            LearningRateSchedule = LearningRateSchedule.Constant,
            GradientClipNorm = null,
            ValidationFraction = 0.2,
            EarlyStoppingPatience = 3,
        };
        using var expected = SyntheticSequences.Fit(options with { Epochs = 3 });
        Assert.Equal((1, 3), (expected.History.BestEpoch, expected.History.Epochs.Count));

        SyntheticSequences.Fit(options with { Epochs = 1, CheckpointPath = _file.Path }).Dispose();
        using var resumed = SyntheticSequences.Fit(options with { Epochs = 3, CheckpointPath = _file.Path });

        Assert.Equal(1, resumed.History.BestEpoch);
        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    [Theory]
    [InlineData(CacheRows.All, 1)]
    [InlineData(CacheRows.All, 3)]
    [InlineData(CacheRows.None, 2)]
    public void From_the_middle_of_an_epoch(CacheRows cacheRows, int interval)
    {
        var options = Options with { CacheRows = cacheRows, CheckpointPath = _file.Path, CheckpointInterval = interval };
        using var expected = SyntheticSequences.Fit(Options with { CacheRows = cacheRows });

        // Stopped again and again, each time a little later.
        var begun = new List<long>();
        RnnClassifierTransformer? resumed = null;
        while (resumed is null)
        {
            using var source = new CancellationTokenSource();
            var first = 0L;
            var listener = new Listener(report =>
            {
                if (first == 0)
                {
                    first = report.Step;
                    begun.Add(first);
                }

                if (report.Step >= first + interval)
                {
                    source.Cancel();
                }
            });

            try
            {
                resumed = SyntheticSequences.Fit(options with { CancellationToken = source.Token, Progress = listener });
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Equal(begun.Order().Distinct(), begun);
        Assert.True(begun.Count >= 4, "It was not stopped often enough to tell anything.");
        AssertSame(expected, resumed);
        resumed.Dispose();
    }

    [Theory]
    [InlineData(2L)]
    [InlineData(7L)]
    [InlineData(10L)]
    public void From_the_step_that_MaxSteps_ended_it_at(long maxSteps)
    {
        var options = Options with { ScheduleEpochs = 4 };
        using var expected = SyntheticSequences.Fit(options);
        using var cut = SyntheticSequences.Fit(options with { MaxSteps = maxSteps, CheckpointPath = _file.Path });
        var listener = new Listener();

        using var again = SyntheticSequences.Fit(options with { MaxSteps = maxSteps, CheckpointPath = _file.Path, Progress = listener });
        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path });

        Assert.DoesNotContain(listener.Reports, report => !report.EpochEnded);
        AssertSame(cut, again);
        AssertSame(expected, resumed);
    }

    [Fact]
    public void With_more_epochs_of_the_same_schedule()
    {
        var options = Options with { ScheduleEpochs = 4 };
        using var expected = SyntheticSequences.Fit(options);
        SyntheticSequences.Fit(options with { Epochs = 2, CheckpointPath = _file.Path }).Dispose();

        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path });

        AssertSame(expected, resumed);
    }

    [Fact]
    public void With_more_epochs_of_a_constant_rate()
    {
        var options = Options with { LearningRateSchedule = LearningRateSchedule.Constant };
        using var expected = SyntheticSequences.Fit(options);
        SyntheticSequences.Fit(options with { Epochs = 2, CheckpointPath = _file.Path }).Dispose();

        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path });

        AssertSame(expected, resumed);
    }

    [Fact]
    public void One_that_stopped_early_is_not_trained_again_and_keeps_its_best_epoch()
    {
        // A rate of nothing: no epoch is better than the first.
        var options = Options with { LearningRate = 1e-30, WeightDecay = 0, Epochs = 20, EarlyStoppingPatience = 2, LearningRateSchedule = LearningRateSchedule.Constant, CheckpointPath = _file.Path };
        using var first = SyntheticSequences.Fit(options);
        var listener = new Listener();
        using var second = SyntheticSequences.Fit(options with { Progress = listener });

        Assert.True(first.History.StoppedEarly);
        Assert.Empty(listener.Reports);
        Assert.True(second.History.StoppedEarly);
        AssertSame(first, second);
    }

    [Fact]
    public void One_that_stopped_early_without_a_finite_validation_loss_is_not_trained_again_either()
    {
        // Trained on one class with a rate that makes it certain at once, so that each row of another class costs 1e37: the sum overflows.
        var context = new MLContext(seed: 1);
        var train = SyntheticSequences.Keyed(context, SyntheticSequences.Rows(48).Where(row => row.Label == "red"));
        var options = SyntheticSequences.Options with
        {
            Epochs = 20,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1e37,
            LearningRateSchedule = LearningRateSchedule.Constant,
            EarlyStoppingPatience = 2,
            ValidationSet = SyntheticSequences.Keyed(context, 300),
            CheckpointPath = _file.Path,
        };
        using var first = context.Transforms.RnnClassifier(options).Fit(train);
        using var second = context.Transforms.RnnClassifier(options).Fit(train);

        Assert.All(first.History.Epochs, epoch => Assert.False(double.IsFinite(epoch.ValidationLoss!.Value)));
        Assert.Equal(2, first.History.Epochs.Count);
        Assert.True(second.History.StoppedEarly);
        AssertSame(first, second);
    }

    [Fact]
    public void One_that_is_stopped_by_its_metric_keeps_the_best_one()
    {
        // A rate of nothing: no epoch is better than the first. 60 rows of open length: 250 epochs, of which a quarter is the patience.
        var options = SyntheticSequences.Options with { Epochs = null, LearningRate = 1e-30, LearningRateSchedule = LearningRateSchedule.Constant, ValidationFraction = 0.375 };
        using var expected = SyntheticSequences.Fit(options);
        using var training = new InterruptedTraining(options);

        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = training.CheckpointPath });

        Assert.Equal((1, 63, true), (expected.History.BestEpoch, expected.History.Epochs.Count, expected.History.StoppedEarly));
        AssertSame(expected, resumed);
    }

    [Fact]
    public void Vectors_longer_than_what_is_written_at_once()
    {
        var options = SyntheticSequences.Options with { Cell = new BasicLstmCell(600), MaxSteps = 3, ScheduleEpochs = 3, BatchSize = 2, Optimizer = OptimizerKind.RmsProp };
        using var expected = SyntheticSequences.Fit(options, rows: 12);
        SyntheticSequences.Fit(options with { MaxSteps = 2, CheckpointPath = _file.Path }, rows: 12).Dispose();

        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path }, rows: 12);

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    [Fact]
    public void Each_fold_of_a_cross_validation_from_its_own_file()
    {
        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, 60);
        var folder = Directory.CreateTempSubdirectory("folds-").FullName;
        try
        {
            var options = Options with { CheckpointPath = Path.Combine(folder, "run.checkpoint") };
            string[] Bits(RnnClassifierOptions used) => [.. context.MulticlassClassification
                .CrossValidate(data, context.Transforms.RnnClassifier(used), numberOfFolds: 3, seed: 1)
                .Select(fold => ((RnnClassifierTransformer)fold.Model).WeightBits())];
            var expected = Bits(options with { CheckpointPath = null });

            Assert.Equal(expected, Bits(options));

            var listener = new Listener();
            Assert.Equal(expected, Bits(options with { Progress = listener }));
            Assert.Empty(listener.Reports);
            Assert.Equal(3, Directory.GetFiles(folder).Length);
            Assert.True(File.Exists(options.CheckpointPath));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertSame(RnnClassifierTransformer expected, RnnClassifierTransformer actual)
    {
        static TrainingEpoch Measured(TrainingEpoch epoch) => epoch with { SamplesPerSecond = 0 };
        Assert.Equal(expected.WeightBits(), actual.WeightBits());
        Assert.Equal(expected.History.Epochs.Select(Measured), actual.History.Epochs.Select(Measured));
        Assert.Equal(expected.History.Steps, actual.History.Steps);
        Assert.Equal(expected.History.BestEpoch, actual.History.BestEpoch);
    }
}
