using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// How good a trial is on the validation rows, as <c>MulticlassClassification.Evaluate</c> says; with cross-validation the means
/// over the folds and the sum of their confusion matrices.
/// </summary>
public sealed record ExperimentMetrics
{
    /// <summary>Share of the rows that were classified right.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>Mean over the classes of the share of their rows that were classified right.</summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>Mean negative logarithm of the probability of the right class.</summary>
    public required double LogLoss { get; init; }

    /// <summary>How far the log-loss is below that of the classes' frequencies.</summary>
    public required double LogLossReduction { get; init; }

    /// <summary>Share of the rows whose class was among the <see cref="RnnExperimentSettings.TopK"/> most probable ones.</summary>
    public required double TopKAccuracy { get; init; }

    /// <summary>The classes, in the order of the lists and of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Of the rows predicted to be of a class, the share that are; NaN for a class that was never predicted.</summary>
    public required IReadOnlyList<double> PerClassPrecision { get; init; }

    /// <summary>Of the rows of a class, the share that was found; NaN for a class without rows.</summary>
    public required IReadOnlyList<double> PerClassRecall { get; init; }

    /// <summary>Rows of each true class (outer list) by predicted class (inner list).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionMatrix { get; init; }

    /// <summary>What the experiment makes small: 1 − the metric, or the log-loss itself.</summary>
    internal double Loss(MulticlassClassificationMetric metric) => metric switch
    {
        MulticlassClassificationMetric.MicroAccuracy => 1 - MicroAccuracy,
        MulticlassClassificationMetric.MacroAccuracy => 1 - MacroAccuracy,
        MulticlassClassificationMetric.LogLossReduction => 1 - LogLossReduction,
        MulticlassClassificationMetric.TopKAccuracy => 1 - TopKAccuracy,
        _ => LogLoss,
    };

    internal static ExperimentMetrics Of(MulticlassClassificationMetrics metrics, IReadOnlyList<string> classes) => Of(
        metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss, metrics.LogLossReduction, metrics.TopKAccuracy, classes,
        [.. metrics.ConfusionMatrix.Counts.Select(row => (IReadOnlyList<double>)[.. row])]);

    /// <summary>The mean over folds.</summary>
    internal static ExperimentMetrics Mean(IReadOnlyList<ExperimentMetrics> folds) => folds.Count == 1 ? folds[0] : Of(
        folds.Average(fold => fold.MicroAccuracy), folds.Average(fold => fold.MacroAccuracy), folds.Average(fold => fold.LogLoss),
        folds.Average(fold => fold.LogLossReduction), folds.Average(fold => fold.TopKAccuracy), folds[0].Classes,
        [.. folds[0].Classes.Select((_, row) => (IReadOnlyList<double>)[.. folds[0].Classes.Select((_, column) => folds.Sum(fold => fold.ConfusionMatrix[row][column]))])]);

    private static ExperimentMetrics Of(
        double micro, double macro, double logLoss, double reduction, double topK, IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<double>> confusion) => new()
        {
            MicroAccuracy = micro,
            MacroAccuracy = macro,
            LogLoss = logLoss,
            LogLossReduction = reduction,
            TopKAccuracy = topK,
            Classes = classes,
            PerClassPrecision = [.. confusion.Select((_, index) => confusion[index][index] / confusion.Sum(row => row[index]))],
            PerClassRecall = [.. confusion.Select((row, index) => row[index] / row.Sum())],
            ConfusionMatrix = confusion,
        };
}
