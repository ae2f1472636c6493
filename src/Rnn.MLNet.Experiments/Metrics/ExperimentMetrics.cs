namespace Rnn.MLNet.Comparison;

/// <summary>
/// The metrics of a trial on the validation rows, defined as in <c>MulticlassClassification.Evaluate</c>. With cross-validation they are
/// the means over the folds, and the sums of the confusion matrices and row counts. Every labelled row counts: a row whose class does not
/// occur in the training rows counts as an error, whereas <c>Evaluate</c> ignores it.
/// </summary>
public sealed record ExperimentMetrics
{
    /// <summary>The fraction of rows that are classified correctly.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>
    /// The mean, over the classes that have rows, of the fraction of their rows that are classified correctly. All classes that the model does
    /// not know count as one class with a fraction of 0.
    /// </summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>
    /// The mean negative logarithm of the probability of the true class. As in ML.NET, probabilities are clamped to at least 1e-15, which is also
    /// the value for a class that the model does not know. NaN for a model whose scores are not probabilities.
    /// </summary>
    public required double LogLoss { get; init; }

    /// <summary>
    /// The relative reduction of the log-loss against always predicting the class frequencies, from negative values to 1. NaN if the log-loss is
    /// NaN or all rows are of one class.
    /// </summary>
    public required double LogLossReduction { get; init; }

    /// <summary>The fraction of rows whose class is among the <see cref="RnnExperimentSettings.TopK"/> highest-scored ones.</summary>
    public required double TopKAccuracy { get; init; }

    /// <summary>The class names, in the order of the per-class metrics and of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>
    /// The precision of each class, with rows of unknown classes counted as false positives; NaN for a class that is never predicted.
    /// </summary>
    public required IReadOnlyList<double> PerClassPrecision { get; init; }

    /// <summary>The recall of each class; NaN for a class without rows.</summary>
    public required IReadOnlyList<double> PerClassRecall { get; init; }

    /// <summary>
    /// The number of rows by true class (outer list) and predicted class (inner list), without rows of classes that the model does not know.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionMatrix { get; init; }

    /// <summary>The number of labelled validation rows.</summary>
    public long Rows { get; init; }

    /// <summary>
    /// The number of <see cref="Rows"/> whose class does not occur in the training rows. They are included in the metrics, usually as errors.
    /// </summary>
    public long RowsOfUnknownClass { get; init; }

    /// <summary>The number of rows excluded from validation because they have no label (a missing key, empty text, or NaN).</summary>
    public long RowsWithoutLabel { get; init; }

    /// <summary>The number of rows of unknown classes, by predicted class.</summary>
    internal IReadOnlyList<double> UnknownByPrediction { get; init; } = [];

    /// <summary>The metrics of a trial without metrics, as written to JSON: all values NaN and all lists null.</summary>
    internal static ExperimentMetrics None { get; } = new()
    {
        MicroAccuracy = double.NaN,
        MacroAccuracy = double.NaN,
        LogLoss = double.NaN,
        LogLossReduction = double.NaN,
        TopKAccuracy = double.NaN,
        Classes = null!,
        PerClassPrecision = null!,
        PerClassRecall = null!,
        ConfusionMatrix = null!,
    };

    /// <summary>Returns the value of a metric.</summary>
    internal double Value(MulticlassClassificationMetric metric) => metric switch
    {
        MulticlassClassificationMetric.MicroAccuracy => MicroAccuracy,
        MulticlassClassificationMetric.MacroAccuracy => MacroAccuracy,
        MulticlassClassificationMetric.LogLossReduction => LogLossReduction,
        MulticlassClassificationMetric.TopKAccuracy => TopKAccuracy,
        _ => LogLoss,
    };

    /// <summary>Returns the loss that the experiment minimises: the log-loss itself, or 1 − the value of any other metric.</summary>
    internal double Loss(MulticlassClassificationMetric metric) => metric == MulticlassClassificationMetric.LogLoss ? LogLoss : 1 - Value(metric);

    /// <summary>Returns the metrics that follow from the counts; all others are NaN.</summary>
    internal static ExperimentMetrics Of(IReadOnlyList<IReadOnlyList<double>> confusion, IReadOnlyList<double> unknown, IReadOnlyList<string> classes) => None with
    {
        Classes = classes,
        PerClassPrecision = [.. confusion.Select((_, index) => confusion[index][index] / (confusion.Sum(row => row[index]) + unknown[index]))],
        PerClassRecall = [.. confusion.Select((row, index) => row[index] / row.Sum())],
        ConfusionMatrix = confusion,
        UnknownByPrediction = unknown,
    };

    /// <summary>Returns the metrics over all folds: means of the metrics, sums of the counts.</summary>
    internal static ExperimentMetrics Mean(IReadOnlyList<ExperimentMetrics> folds)
    {
        var classes = folds[0].Classes;
        return folds.Count == 1 ? folds[0] : Of(
            [.. classes.Select((_, row) => (IReadOnlyList<double>)[.. classes.Select((_, column) => folds.Sum(fold => fold.ConfusionMatrix[row][column]))])],
            [.. classes.Select((_, column) => folds.Sum(fold => fold.UnknownByPrediction[column]))],
            classes) with
        {
            MicroAccuracy = folds.Average(fold => fold.MicroAccuracy),
            MacroAccuracy = folds.Average(fold => fold.MacroAccuracy),
            LogLoss = folds.Average(fold => fold.LogLoss),
            LogLossReduction = folds.Average(fold => fold.LogLossReduction),
            TopKAccuracy = folds.Average(fold => fold.TopKAccuracy),
            Rows = folds.Sum(fold => fold.Rows),
            RowsOfUnknownClass = folds.Sum(fold => fold.RowsOfUnknownClass),
            RowsWithoutLabel = folds.Sum(fold => fold.RowsWithoutLabel),
        };
    }
}
