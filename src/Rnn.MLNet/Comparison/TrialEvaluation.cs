using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>Scores the validation rows with a model, checks what it says, and measures it.</summary>
internal static class TrialEvaluation
{
    private const string Score = "Score";
    private const string PredictedLabel = "PredictedLabel";

    public static (ExperimentMetrics Metrics, double MicrosecondsPerRow) Measure(
        MLContext context, ITransformer model, IDataView validation, ExperimentData data, int topK, CancellationToken cancellationToken)
    {
        var scored = model.Transform(validation);
        CheckSchema(scored.Schema, data);
        var clock = Stopwatch.StartNew();
        var rows = ScoredRows.Read(scored, data.Label, Score, PredictedLabel, cancellationToken);
        var microseconds = clock.Elapsed.TotalMicroseconds / Math.Max(1, rows.Count);
        CheckScores(rows);
        var metrics = context.MulticlassClassification.Evaluate(
            rows.ToView(context, data.Classes.Count), topKPredictionCount: Math.Min(topK, data.Classes.Count));
        return (ExperimentMetrics.Of(metrics, data.Classes), microseconds);
    }

    private static void CheckSchema(DataViewSchema schema, ExperimentData data)
    {
        Check(Score, schema, type => type is VectorDataViewType { ItemType: NumberDataViewType item } vector
            && item == NumberDataViewType.Single && vector.Size == data.Classes.Count, $"a vector of {data.Classes.Count} Single, one a class");
        Check(PredictedLabel, schema, type => type is KeyDataViewType key && key.Count == (ulong)data.Classes.Count, $"a key of {data.Classes.Count} classes");
    }

    private static void Check(string name, DataViewSchema schema, Func<DataViewType, bool> fits, string expected)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
        {
            throw new InvalidOperationException($"The model gives no column '{name}': expected {expected}, got the columns {string.Join(", ", schema.Select(found => found.Name).Distinct())}.");
        }

        if (!fits(column.Type))
        {
            throw new InvalidOperationException($"The model's column '{name}' must be {expected}; it is {column.Type}.");
        }
    }

    /// <summary>Metrics of anything but numbers would mean nothing.</summary>
    private static void CheckScores(ScoredRows rows)
    {
        if (rows.Count == 0)
        {
            throw new InvalidOperationException("There are no rows to validate on.");
        }

        if (rows.Bad > 0)
        {
            throw new InvalidOperationException($"The score of {rows.Bad} of {rows.Count} validation rows is not a finite number; the first is row {rows.FirstBad}.");
        }
    }
}
