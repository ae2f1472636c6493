using System.Diagnostics;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Metrics;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Scores the validation rows with a model, validates the scores, and computes the metrics.</summary>
internal static class TrialEvaluation
{
    public static (ExperimentMetrics Metrics, double MicrosecondsPerRow) Measure(
        ITransformer model, ExperimentFold fold, ExperimentData data, RnnExperimentSettings settings, CancellationToken cancellationToken)
    {
        var scored = model.Transform(fold.Validation);
        var score = ScoreColumns.Find(scored.Schema, fold.Validation.Schema, data.Classes.Count);
        var clock = Stopwatch.StartNew();
        var tally = ScoreTally.Read(scored, data, score, settings.TopK, cancellationToken);
        var microseconds = clock.Elapsed.TotalMicroseconds / tally.Rows;
        Check(tally, settings.OptimizingMetric, fold);
        var metrics = tally.ToMetrics(data, fold);
        var loss = metrics.Loss(settings.OptimizingMetric);
        return double.IsFinite(loss)
            ? (metrics, microseconds)
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The metric {settings.OptimizingMetric} is not a finite number ({loss}) on these {tally.Rows} validation rows, which belong to {metrics.PerClassRecall.Count(double.IsFinite)} of {data.Classes.Count} classes."));
    }

    /// <summary>Throws if the scores are not numbers or, for a log-loss, not probabilities: the metric would be meaningless.</summary>
    private static void Check(ScoreTally tally, MulticlassClassificationMetric metric, ExperimentFold fold)
    {
        // Otherwise a model that drops the difficult rows would win.
        var rows = fold.ValidationClasses.Values.Sum();
        if (tally.Rows != rows)
        {
            throw new InvalidOperationException($"The model returned {tally.Rows} rows for the {rows} validation rows; it must score each row exactly once.");
        }

        if (tally.Classes.Any(found => fold.ValidationClasses.GetValueOrDefault(found.Key) != found.Value))
        {
            throw new InvalidOperationException("The labels of the validation rows differ between the model's input and output; the model must leave them unchanged.");
        }

        if (tally.Bad > 0)
        {
            throw new InvalidOperationException($"The score of {tally.Bad} of {tally.Rows} validation rows is not a finite number; the first is row {tally.FirstBad}.");
        }

        if (tally.NoProbabilities > 0 && metric is (MulticlassClassificationMetric.LogLoss or MulticlassClassificationMetric.LogLossReduction))
        {
            throw new InvalidOperationException(
                $"The scores of {tally.NoProbabilities} of {tally.Rows} validation rows are not probabilities, which {metric} requires; the first is {tally.FirstNoProbabilities}. Calibrate the candidate, or optimise an accuracy.");
        }
    }
}
