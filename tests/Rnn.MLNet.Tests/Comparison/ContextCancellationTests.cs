using System.Diagnostics;
using System.Reflection;
using Microsoft.ML;
using Xunit;

namespace Rnn.MLNet.Tests.Comparison;

/// <summary>Pins the internals of ML.NET that cancellation rests on: if a new version renames them, these tests fail.</summary>
public sealed class ContextCancellationTests
{
    [Fact]
    public void Fit_observes_the_cancellation_of_its_context()
    {
        var context = new MLContext(1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(300)).Transform(Bar.View(300));
        var estimator = Experiments.EndlessNetwork(context);
        var clock = Stopwatch.StartNew();
        using var timer = new Timer(_ => Cancel(context), null, 1000, Timeout.Infinite);

        Assert.Throws<OperationCanceledException>(() => estimator.Fit(data));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 10);
        Assert.Throws<OperationCanceledException>(() => Experiments.Network(context).Fit(data));
    }

    [Fact]
    public void Another_context_is_not_cancelled()
    {
        Cancel(new MLContext(1));
        var data = new MLContext(1).Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(60)).Transform(Bar.View(60));
        Experiments.Network(new MLContext(1)).Fit(data);
    }

    /// <summary>What AutoML does at the end of a trial; only ML.NET's own assemblies see it.</summary>
    private static void Cancel(MLContext context) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(context, null);
}
