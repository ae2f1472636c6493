namespace Rnn.MLNet.Reading;

/// <summary>Iterates once over the rows of a view that have a target, and throws if a value cannot be used for training.</summary>
internal sealed class SequenceCursor : IDisposable
{
    private readonly SequenceColumns _columns;
    private readonly string _role;
    private readonly DataViewRowCursor _cursor;
    private readonly ITargetReader _targets;
    private readonly int[] _target;
    private readonly FeatureReader _features;
    private readonly ValueGetter<float>? _weights;

    /// <param name="data">The view.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="role">The use of the rows in error messages: <c>training</c> or <c>validation</c>.</param>
    /// <param name="shuffle">The random numbers with which the view shuffles its rows, if it can; null for the original order.</param>
    public SequenceCursor(IDataView data, SequenceColumns columns, string role, Random? shuffle)
    {
        _columns = columns;
        _role = role;
        _cursor = data.GetRowCursor(columns.All, data.CanShuffle ? shuffle : null);
        _targets = columns.Targets.Open(_cursor, role);
        _target = new int[columns.Targets.Length];
        _features = new FeatureReader(_cursor, columns.Features, role + " data", columns.MissingValues);
        _weights = columns.Weight is { } weight ? _cursor.GetGetter<float>(weight) : null;
    }

    /// <summary>The target of the current row, valid until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<int> Target => _target;

    /// <summary>The weight of the current row.</summary>
    public float Weight { get; private set; } = 1;

    /// <summary>The number of rows skipped so far because they have no target.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Moves to the next row that has a target and copies its values.</summary>
    /// <param name="values">A buffer for the values of the row, <c>[time, features]</c>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>Whether there is such a row.</returns>
    /// <exception cref="InvalidOperationException">
    /// Thrown if a value is not finite, or if the target or the weight is out of range.
    /// </exception>
    public bool MoveNext(Span<float> values, CancellationToken cancellationToken)
    {
        while (_cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_targets.TryRead(_target))
            {
                Read(values);
                return true;
            }

            SkippedRows++;
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    private void Read(Span<float> values)
    {
        if (!_features.TryRead(values))
        {
            throw new InvalidOperationException(
                $"The feature column '{_columns.Features.Name}' of the {_role} data must hold finite values; row {_cursor.Position} (counted from 0) holds {_features.Refusal(values)}");
        }

        if (_weights is not null)
        {
            var weight = 0f;
            _weights(ref weight);
            Weight = float.IsFinite(weight) && weight >= 0 ? weight : throw new InvalidOperationException(
                FormattableString.Invariant($"The example weight column '{_columns.Weight!.Value.Name}' of the {_role} data must hold finite values of at least 0; row {_cursor.Position} (counted from 0) holds {weight}."));
        }
    }
}
