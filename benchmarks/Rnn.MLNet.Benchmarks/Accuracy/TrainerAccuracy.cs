namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>A trainer of ML.NET's own on the same pixels. It says nothing before its end: all of it is the time to its accuracy.</summary>
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
