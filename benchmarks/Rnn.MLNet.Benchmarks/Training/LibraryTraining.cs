namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Measures this library's training through its public API: <c>Fit</c>, and the progress that it reports after every minibatch.</summary>
internal static class LibraryTraining
{
    /// <summary>Returns the training speed on images, in rows per second.</summary>
    public static double Measure(NetworkShape shape, MnistRows rows, int batchSize, RnnPrecision precision, TimeSpan time)
    {
        var context = new MLContext(seed: 1);
        return Measure(context, shape.Options with { BatchSize = batchSize, Precision = precision }, rows.View(context), time);
    }

    /// <summary>Returns the training speed of a network, in rows per second.</summary>
    public static double Measure(MLContext context, RnnClassifierOptions network, IDataView rows, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        StepMeter? meter = null;
        long seen = 0;
        var options = network with
        {
            LearningRate = TrainingContest.LearningRate,
            LearningRateSchedule = LearningRateSchedule.Constant,
            GradientClipNorm = null,
            // The meter stops training long before.
            Epochs = 1_000_000,
            CancellationToken = stop.Token,
            Progress = new ImmediateProgress(progress =>
            {
                // At the first report, the rows have been read.
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
            context.Transforms.RnnClassifier(options).Fit(rows).Dispose();
        }
        catch (OperationCanceledException)
        {
            // The meter has stopped training.
        }

        return meter!.RowsPerSecond;
    }
}
