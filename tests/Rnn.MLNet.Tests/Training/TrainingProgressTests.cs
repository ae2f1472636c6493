namespace Rnn.MLNet.Tests.Training;

/// <summary>What a training reports: to its listener step by step, in its history epoch by epoch. The log's part is with the catalog's tests.</summary>
public sealed class TrainingProgressTests
{
    private const int Epochs = 3;
    private const int Steps = 6;
    private const int Rows = 90;

    private readonly Listener _listener = new();

    [Fact]
    public void Every_step_and_every_epoch_is_reported()
    {
        using var model = Fit();

        Assert.Equal(Epochs * (Steps + 1), _listener.Reports.Count);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var reports = _listener.Reports.GetRange(epoch * (Steps + 1), Steps + 1);
            Assert.All(reports, report => Assert.Equal(epoch + 1, report.Epoch));
            Assert.Equal([false, false, false, false, false, false, true], reports.Select(report => report.EpochEnded));
            Assert.Equal(Enumerable.Range(epoch * Steps + 1, Steps).Select(step => (long)step), reports.SkipLast(1).Select(report => report.Step));
            Assert.All(reports.SkipLast(1), report => Assert.Null(report.ValidationLoss));
            Assert.NotNull(reports[^1].ValidationLoss);
            Assert.NotNull(reports[^1].ValidationAccuracy);
        }

        Assert.All(_listener.Reports, report => Assert.Equal((Epochs, (long)Epochs * Steps), (report.Epochs, report.TotalSteps)));
        Assert.Equal((long)Epochs * Rows, _listener.Reports[^1].RowsSeen);
    }

    [Fact]
    public void A_report_reads_as_one_line()
    {
        var progress = new TrainingProgress
        {
            Epoch = 2,
            Epochs = 5,
            Step = 700,
            TotalSteps = 2345,
            RowsSeen = 89_600,
            Loss = 0.12344,
            Accuracy = 0.9651,
            BatchLoss = 1,
            BatchAccuracy = 1,
            LearningRate = 1,
            SamplesPerSecond = 23_439.4,
        };

        Assert.Equal("epoch 2/5, step 700/2345: loss 0.1234, accuracy 96.5 %, 23,439 rows/s, 9 s left", $"{progress}");
        Assert.Equal("epoch 2/5, step 700/2345: loss 0.1234, accuracy 96.5 %, 0 rows/s", $"{progress with { SamplesPerSecond = 0 }}");
        Assert.Equal(
            "epoch 2/5, step 700/2345: loss 0.1234, accuracy 96.5 %, validation loss 0.2000, accuracy 95.0 %, 23,439 rows/s, 9 s left",
            $"{progress with { EpochEnded = true, ValidationLoss = 0.2, ValidationAccuracy = 0.95 }}");
    }

    [Fact]
    public void A_history_reads_as_one_line()
    {
        var history = new TrainingHistory
        {
            Epochs =
            [
                new TrainingEpoch(1, 0.5, 0.8, 0.6, 0.7, 0.001, 1000),
                new TrainingEpoch(2, 0.12344, 0.9651, 0.2, 0.95, 0.001, 23_439.4),
                new TrainingEpoch(3, 0.1, 0.97, 0.3, 0.94, 0.001, 1000),
            ],
            PlannedEpochs = 20,
            Steps = 1200,
            BestEpoch = 2,
            StoppedEarly = true,
        };

        Assert.Equal(
            "3 epochs of 20, 1,200 steps, stopped early, best epoch 2: loss 0.1234, accuracy 96.5 %, validation loss 0.2000, accuracy 95.0 %, 23,439 rows/s", $"{history}");
        Assert.Equal(
            "1 epoch of 1, 1 step, cancelled, best epoch 1: loss 0.1000, accuracy 97.0 %, 1,000 rows/s",
            $"{new TrainingHistory { Epochs = [new TrainingEpoch(1, 0.1, 0.97, null, null, 0.001, 1000)], PlannedEpochs = 1, Steps = 1, BestEpoch = 1, StoppedEarly = false, Canceled = true }}");
        Assert.Equal("not trained here", $"{history with { Epochs = [], BestEpoch = 0 }}");
    }

    [Fact]
    public void The_loss_of_an_epoch_is_the_mean_over_all_its_rows()
    {
        using var model = Fit();

        foreach (var epoch in _listener.Reports.GroupBy(report => report.Epoch))
        {
            // 5 minibatches of 16 rows and one of 10.
            var batches = epoch.Where(report => !report.EpochEnded).ToList();
            var sizes = batches.Select((_, i) => i < Steps - 1 ? 16 : 10).ToList();
            Assert.Equal(batches.Zip(sizes).Sum(pair => pair.First.BatchLoss * pair.Second) / Rows, epoch.Last().Loss, 1e-6);
            Assert.Equal(batches.Zip(sizes).Sum(pair => pair.First.BatchAccuracy * pair.Second) / Rows, epoch.Last().Accuracy, 1e-9);
        }
    }

    [Fact]
    public void The_history_holds_the_ends_of_the_epochs()
    {
        using var model = Fit();
        var ends = _listener.Reports.Where(report => report.EpochEnded).ToList();

        Assert.Equal(
            ends.Select(end => new TrainingEpoch(end.Epoch, end.Loss, end.Accuracy, end.ValidationLoss, end.ValidationAccuracy, end.LearningRate, end.SamplesPerSecond)),
            model.History.Epochs);
        Assert.All(model.History.Epochs, epoch => Assert.True(epoch.SamplesPerSecond > 0));
        Assert.Equal(Epochs * Steps, model.History.Steps);
        Assert.Equal(Epochs, model.History.BestEpoch);
        Assert.False(model.History.StoppedEarly);
    }

    /// <summary>Each report takes its time, which the rate must contain; all the time that there was bounds it from above.</summary>
    [Fact]
    public void The_rate_of_rows_is_that_of_the_clock_before_an_interruption_and_after()
    {
        using var file = new TemporaryFile(".checkpoint");
        using var source = new CancellationTokenSource();
        var least = TimeSpan.FromMilliseconds(15);
        var waits = 0;
        var whole = Stopwatch.StartNew();
        var options = SyntheticSequences.Options with
        {
            Epochs = 1,
            CheckpointPath = file.Path,
            CheckpointInterval = 1,
            Progress = new Listener(report =>
            {
                var seconds = report.RowsSeen / report.SamplesPerSecond;
                Assert.InRange(seconds, waits * least.TotalSeconds, whole.Elapsed.TotalSeconds);
                if (report.Step == 3)
                {
                    // Behind the checkpoint: this wait is lost with the interruption.
                    source.Cancel();
                    return;
                }

                waits++;
                var wait = Stopwatch.StartNew();
                while (wait.Elapsed < least)
                {
                    Thread.Sleep(1);
                }
            }),
        };

        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(options with { CancellationToken = source.Token }));
        using var resumed = SyntheticSequences.Fit(options);

        // Steps 1 and 2, 4 to 6, and the end of the epoch.
        Assert.Equal(6, waits);
    }

    private RnnClassifierTransformer Fit() => SyntheticSequences.Fit(
        SyntheticSequences.Options with { Epochs = Epochs, Progress = _listener, ValidationSet = SyntheticSequences.Keyed(new MLContext(seed: 1), 20, seed: 2) },
        Rows);
}
