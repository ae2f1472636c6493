namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>Pins the internals of ML.NET that cancellation rests on: if a new version renames them, these tests fail.</summary>
public sealed class ContextCancellationTests
{
    [Fact]
    public void Fit_observes_the_cancellation_of_its_context()
    {
        var context = new MLContext(1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(300)).Transform(Bar.View(300));
        var listener = new Listener(_ => Cancel(context));
        var estimator = context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 1_000_000) with { Progress = listener });

        Assert.Throws<OperationCanceledException>(() => estimator.Fit(data));
        Assert.Single(listener.Reports);
        Assert.Throws<OperationCanceledException>(() => SmallExperiments.Network(context).Fit(data));
    }

    [Fact]
    public void Another_context_is_not_cancelled()
    {
        Cancel(new MLContext(1));
        var data = new MLContext(1).Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(60)).Transform(Bar.View(60));
        SmallExperiments.Network(new MLContext(1)).Fit(data);
    }

    /// <summary>What AutoML does at the end of a trial; only ML.NET's own assemblies see it.</summary>
    private static void Cancel(MLContext context) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(context, null);
}
