namespace Rnn.MLNet.Comparison;

/// <summary>
/// How good a trial is on the validation rows, as <c>MulticlassClassification.Evaluate</c> says; with cross-validation the means
/// over the folds and the sum of their confusion matrices and rows. Every row with a label counts: one whose class was not in
/// training is an error, where <c>Evaluate</c> leaves it out.
/// </summary>
public sealed record ExperimentMetrics
{
    /// <summary>Share of the rows that were classified right.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>
    /// Mean over the classes that have rows of the share of their rows that were classified right. Classes that the model does not
    /// know count together as one class, with a share of 0.
    /// </summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>
    /// Mean negative logarithm of the probability of the right class, which is taken to be at least 1e-15, as ML.NET does, and to
    /// be that for a class that the model does not know. NaN for a model whose scores are no probabilities.
    /// </summary>
    public required double LogLoss { get; init; }

    /// <summary>How far the log-loss is below that of the classes' frequencies; NaN where the log-loss is, and where all rows are of one class.</summary>
    public required double LogLossReduction { get; init; }

    /// <summary>Share of the rows whose class was among the <see cref="RnnExperimentSettings.TopK"/> most probable ones.</summary>
    public required double TopKAccuracy { get; init; }

    /// <summary>The classes, in the order of the lists and of the confusion matrix.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Of the rows predicted to be of a class, the share that are, rows of unknown classes included; NaN for a class that was never predicted.</summary>
    public required IReadOnlyList<double> PerClassPrecision { get; init; }

    /// <summary>Of the rows of a class, the share that was found; NaN for a class without rows.</summary>
    public required IReadOnlyList<double> PerClassRecall { get; init; }

    /// <summary>Rows of each true class (outer list) by predicted class (inner list); rows of classes that the model does not know are not in it.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionMatrix { get; init; }

    /// <summary>Validation rows with a label.</summary>
    public long Rows { get; init; }

    /// <summary>How many of <see cref="Rows"/> are of a class that no row to train on has. They count, as a rule as errors.</summary>
    public long RowsOfUnknownClass { get; init; }

    /// <summary>Rows without a label (a missing key, an empty text, NaN), which were left out of the validation.</summary>
    public long RowsWithoutLabel { get; init; }

    /// <summary>Rows of unknown classes by predicted class.</summary>
    internal IReadOnlyList<double> UnknownByPrediction { get; init; } = [];

    /// <summary>What a trial without metrics has instead: no number is known, and no list.</summary>
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

    /// <summary>The metric of that name.</summary>
    internal double Value(MulticlassClassificationMetric metric) => metric switch
    {
        MulticlassClassificationMetric.MicroAccuracy => MicroAccuracy,
        MulticlassClassificationMetric.MacroAccuracy => MacroAccuracy,
        MulticlassClassificationMetric.LogLossReduction => LogLossReduction,
        MulticlassClassificationMetric.TopKAccuracy => TopKAccuracy,
        _ => LogLoss,
    };

    /// <summary>What the experiment makes small: 1 − the metric, or the log-loss itself.</summary>
    internal double Loss(MulticlassClassificationMetric metric) => metric == MulticlassClassificationMetric.LogLoss ? LogLoss : 1 - Value(metric);

    /// <summary>What follows from the counts; the other metrics are still missing.</summary>
    internal static ExperimentMetrics Of(IReadOnlyList<IReadOnlyList<double>> confusion, IReadOnlyList<double> unknown, IReadOnlyList<string> classes) => None with
    {
        Classes = classes,
        PerClassPrecision = [.. confusion.Select((_, index) => confusion[index][index] / (confusion.Sum(row => row[index]) + unknown[index]))],
        PerClassRecall = [.. confusion.Select((row, index) => row[index] / row.Sum())],
        ConfusionMatrix = confusion,
        UnknownByPrediction = unknown,
    };

    /// <summary>The mean over folds.</summary>
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
