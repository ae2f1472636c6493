namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>This library's training, measured through its public surface: Fit, and the progress it reports of every minibatch.</summary>
internal static class LibraryTraining
{
    /// <summary>Rows a second.</summary>
    public static double Measure(NetworkShape shape, MnistRows rows, int batchSize, RnnPrecision precision, TimeSpan time)
    {
        var context = new MLContext(seed: 1);
        using var stop = new CancellationTokenSource();
        StepMeter? meter = null;
        long seen = 0;
        var options = shape.Options with
        {
            BatchSize = batchSize,
            Precision = precision,
            LearningRate = TrainingContest.LearningRate,
            LearningRateSchedule = LearningRateSchedule.Constant,
            GradientClipNorm = null,
            // The meter ends the training, long before.
            Epochs = 1_000_000,
            CancellationToken = stop.Token,
            Progress = new ImmediateProgress(progress =>
            {
                // The first report: from here on it is minibatches only, and the rows have been read.
                meter ??= new StepMeter(time);
                if (!progress.EpochEnded)
                {
                    meter.Step(progress.RowsSeen - seen);
                    seen = progress.RowsSeen;
                }

                if (meter.IsDone)
                {
                    stop.Cancel();
                }
            }),
        };
        try
        {
            context.Transforms.RnnClassifier(options).Fit(rows.View(context)).Dispose();
        }
        catch (OperationCanceledException)
        {
            // As planned.
        }

        return meter!.RowsPerSecond;
    }
}
