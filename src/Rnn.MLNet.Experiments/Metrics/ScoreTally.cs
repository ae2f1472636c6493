using System.Numerics.Tensors;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Metrics;

/// <summary>
/// Accumulates metrics over the scored validation rows in one pass, as <c>MulticlassClassification.Evaluate</c> does. Unlike there, rows whose
/// class has no key are counted as errors instead of being ignored.
/// </summary>
internal sealed class ScoreTally(int classes, int topK)
{
    /// <summary>
    /// Probabilities are clamped to at least this value, as in ML.NET, because one wrong row would make the log-loss infinite otherwise.
    /// </summary>
    private const float LeastProbability = 1e-15f;

    /// <summary>The largest deviation from 1 at which the sum of a row's scores still counts as a probability distribution.</summary>
    private const float SumTolerance = 1e-3f;

    private readonly double[][] _confusion = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];
    private readonly double[] _unknown = new double[classes];
    private readonly Dictionary<int, int> _classes = [];
    private double _logLoss;
    private double _topK;

    public long Rows { get; private set; }

    /// <summary>The number of rows of each class, by zero-based key; -1 stands for classes without a key.</summary>
    public IReadOnlyDictionary<int, int> Classes => _classes;

    /// <summary>The number of rows whose scores are not all finite.</summary>
    public long Bad { get; private set; }

    /// <summary>The one-based number of the first such row.</summary>
    public long FirstBad { get; private set; }

    /// <summary>The number of rows whose scores are not probabilities: a score is negative, or their sum is not 1.</summary>
    public long NoProbabilities { get; private set; }

    /// <summary>A description of the first such row, for an error message.</summary>
    public string? FirstNoProbabilities { get; private set; }

    public static ScoreTally Read(
        IDataView scored, ExperimentData data, DataViewSchema.Column score, int topK, CancellationToken cancellationToken)
    {
        var tally = new ScoreTally(data.Classes.Count, topK);
        var label = scored.Schema.GetColumnOrNull(data.Label) ?? throw new InvalidOperationException($"The label '{data.Label}' is missing from the model's output; the model must leave it unchanged.");
        var order = new ClassOrder(label, data.Classes);
        using var cursor = scored.GetRowCursor([label, score]);
        var labels = new LabelReader(cursor, label);
        var scores = cursor.GetGetter<VBuffer<float>>(score);
        var buffer = default(VBuffer<float>);
        var dense = new float[data.Classes.Count];
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores(ref buffer);
            if (buffer.Length != dense.Length)
            {
                throw new InvalidOperationException($"The score of validation row {tally.Rows + 1} must have {dense.Length} values, one per class; it has {buffer.Length}.");
            }

            buffer.CopyTo(dense);
            tally.Add(order.Of(labels.Read()), order.Of(dense));
        }

        return tally;
    }

    public ExperimentMetrics ToMetrics(ExperimentData data, ExperimentFold fold)
    {
        var unknown = _unknown.Sum();
        // All classes without a key count as one class.
        double[] frequencies = [.. _confusion.Select(row => row.Sum()).Append(unknown).Where(count => count > 0)];
        var right = Enumerable.Range(0, classes).Sum(index => _confusion[index][index]);
        var recalls = Enumerable.Range(0, classes).Where(index => _confusion[index].Sum() > 0).Sum(index => _confusion[index][index] / _confusion[index].Sum());
        var logLoss = NoProbabilities > 0 ? double.NaN : _logLoss / Rows;
        var entropy = -frequencies.Sum(count => count / Rows * Math.Log(count / Rows));
        return ExperimentMetrics.Of(_confusion, _unknown, data.Classes) with
        {
            MicroAccuracy = right / Rows,
            MacroAccuracy = recalls / frequencies.Length,
            LogLoss = logLoss,
            LogLossReduction = entropy == 0 ? double.NaN : (entropy - logLoss) / entropy,
            TopKAccuracy = _topK / Rows,
            Rows = Rows,
            RowsOfUnknownClass = fold.RowsOfUnknownClass,
            RowsWithoutLabel = fold.RowsWithoutLabel,
        };
    }

    /// <param name="label">The zero-based class; negative for a class without a key.</param>
    /// <param name="scores">The scores, one per class.</param>
    private void Add(int label, ReadOnlySpan<float> scores)
    {
        Rows++;
        _classes[label] = _classes.GetValueOrDefault(label) + 1;
        if (!TensorPrimitives.IsFiniteAll(scores))
        {
            FirstBad = Bad++ == 0 ? Rows : FirstBad;
            return;
        }

        var (sum, least) = (TensorPrimitives.Sum(scores), TensorPrimitives.Min(scores));
        if (least < 0 || Math.Abs(sum - 1) > SumTolerance)
        {
            FirstNoProbabilities ??= FormattableString.Invariant($"row {Rows}, whose least score is {least:G4} and whose sum is {sum:G4}");
            NoProbabilities++;
        }

        // Ties go to the first class.
        var assigned = scores.IndexOf(TensorPrimitives.Max(scores));
        if (label < 0)
        {
            _unknown[assigned]++;
            _logLoss -= Math.Log(LeastProbability);
            return;
        }

        _confusion[label][assigned]++;
        _logLoss -= Math.Log(Math.Clamp(scores[label], LeastProbability, 1));
        var larger = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            larger += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        _topK += larger < topK ? 1 : 0;
    }
}
