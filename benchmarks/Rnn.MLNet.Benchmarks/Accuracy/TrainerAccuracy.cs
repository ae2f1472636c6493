namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>
/// Measures one of ML.NET's own trainers on the same pixels. It reports no progress, so its accuracy counts at the end of <c>Fit</c>.
/// </summary>
internal static class TrainerAccuracy
{
    public static double[] Run<T>(MLContext context, IDataView training, IDataView test, IEstimator<T> trainer)
        where T : class, ITransformer
    {
        var clock = new AccuracyClock();
        var model = trainer.Fit(training);
        clock.Pause();
        clock.Observe(context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
        return clock.Values();
    }
}
