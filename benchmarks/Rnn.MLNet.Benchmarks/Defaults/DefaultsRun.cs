using System.Diagnostics;

namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>The result of one training.</summary>
/// <param name="Metrics">The metrics on the test rows.</param>
/// <param name="Seconds">The time of <c>Fit</c>.</param>
/// <param name="Chosen">What the defaults chose.</param>
internal sealed record DefaultsRun(MulticlassClassificationMetrics Metrics, double Seconds, string Chosen)
{
    public double Accuracy => Metrics.MicroAccuracy;

    public static DefaultsRun Measure(MLContext context, RnnClassifierOptions options, IDataView training, IDataView test)
    {
        var clock = Stopwatch.StartNew();
        using var model = context.Transforms.RnnClassifier(options).Fit(training);
        var seconds = clock.Elapsed.TotalSeconds;
        var metrics = context.MulticlassClassification.Evaluate(model.Transform(test), options.LabelColumnName);
        var history = model.History;
        var stop = history.ValidationRows == 0 ? "" : $", best of {history.Epochs.Count} epochs {history.BestEpoch} on {history.ValidationRows} rows";
        var scaled = history.ScaledFeatures == 0 ? "" : $", {history.ScaledFeatures} features scaled";
        return new DefaultsRun(metrics, seconds, $"{history.Steps:N0} steps of {history.BatchSize} rows, {history.PlannedEpochs} epochs planned{stop}{scaled}");
    }
}
