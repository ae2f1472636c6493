using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Sequences;

/// <summary>
/// Reads an IDataView into labelled sequences, once, row after row. The columns are checked when the reader is made, before
/// any row is read.
/// </summary>
internal sealed class SequenceReader
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column? _weight;

    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SequenceReader(IDataView data, string labelColumn, string featureColumn, string? weightColumn, int? timeSteps)
    {
        _data = data;
        _label = Column(data.Schema, labelColumn, "label");
        _features = Column(data.Schema, featureColumn, "feature");
        LabelReader.Check(_label);
        Shape = SequenceShape.Of(_features, timeSteps);
        Labels = LabelKeys.Of(_label);
        if (weightColumn is not null)
        {
            _weight = Column(data.Schema, weightColumn, "example weight");
            if (_weight.Value.Type != NumberDataViewType.Single)
            {
                throw new ArgumentException($"The example weight column '{weightColumn}' must be a Single; it is {_weight.Value.Type}.");
            }
        }
    }

    public SequenceShape Shape { get; }

    public LabelKeys Labels { get; }

    /// <summary>Rows that were left out because their label is missing, after <see cref="Read"/>.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Reads every row that has a label.</summary>
    /// <param name="role">What the rows are for, in errors: <c>training</c> or <c>validation</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidOperationException">There is no row with a label, or a value is not finite.</exception>
    public SequenceSet Read(string role, CancellationToken cancellationToken)
    {
        var set = new SequenceSet(Shape);
        using var cursor = _data.GetRowCursor(_weight is null ? [_label, _features] : [_label, _features, _weight.Value]);
        var labels = new LabelReader(cursor, _label);
        var features = new FeatureReader(cursor, _features);
        var weights = _weight is null ? null : cursor.GetGetter<float>(_weight.Value);
        var weight = 1f;
        SkippedRows = 0;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var label = labels.Read();
            if (label < 0)
            {
                SkippedRows++;
                continue;
            }

            if (label >= Labels.Count)
            {
                throw new InvalidOperationException(
                    $"The label column '{_label.Name}' of the {role} data must hold keys of 1 to {Labels.Count}; row {cursor.Position} holds {label + 1L}.");
            }

            if (!features.TryRead(set.NextRow()))
            {
                throw new InvalidOperationException(
                    $"The feature column '{_features.Name}' of the {role} data must hold finite values; row {cursor.Position} (counted from 0) holds NaN or infinity. Replace or filter such rows, for instance with mlContext.Transforms.ReplaceMissingValues.");
            }

            weights?.Invoke(ref weight);
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw new InvalidOperationException(
                    $"The example weight column '{_weight!.Value.Name}' of the {role} data must hold finite values of at least 0; row {cursor.Position} (counted from 0) holds {weight}.");
            }

            set.Add(label, weight);
        }

        if (set.Count == 0)
        {
            throw new InvalidOperationException(SkippedRows == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no row with a label: column '{_label.Name}' is missing in all {SkippedRows} rows.");
        }

        return set;
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"))}.");
}
