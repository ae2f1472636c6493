using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>Measures this library's <c>Fit</c>, from the rows to the trained network.</summary>
internal static class LibraryAccuracy
{
    public static double[] Run(MLContext context, IDataView training, IDataView test, RnnPrecision precision)
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        AccuracyClock? clock = null;
        var options = Options(precision) with
        {
            ValidationSet = test,
            Progress = new ImmediateProgress(progress =>
            {
                // The test rows are scored between the last minibatch of an epoch and the end of the epoch.
                if (progress.EpochEnded)
                {
                    clock!.Observe(progress.ValidationAccuracy!.Value);
                    clock.Resume();
                }
                else if (progress.Step % (progress.TotalSteps / progress.Epochs) == 0)
                {
                    clock!.Pause();
                }
            }),
        };
        var estimator = context.Transforms.RnnClassifier(options);
        clock = new AccuracyClock();
        using var model = estimator.Fit(training);
        clock.Pause();
        return clock.Values();
    }

    /// <summary>Trains with a seed and returns the test accuracy, in percent.</summary>
    public static double Accuracy(IDataView training, IDataView test, RnnPrecision precision, int seed)
    {
        var context = new MLContext(seed);
        using var model = context.Transforms.RnnClassifier(Options(precision) with { Seed = seed }).Fit(training);
        return 100 * context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
    }

    private static RnnClassifierOptions Options(RnnPrecision precision) => AccuracySettings.Shape.Options with
    {
        BatchSize = AccuracySettings.BatchSize,
        Epochs = AccuracySettings.Epochs,
        LearningRate = AccuracySettings.PeakLearningRate,
        LearningRateSchedule = LearningRateSchedule.OneCycle,
        GradientClipNorm = AccuracySettings.GradientClipNorm,
        Precision = precision,
    };
}
