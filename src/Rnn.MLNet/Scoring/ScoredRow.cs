using Rnn.MLNet.Kernels;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Scoring;

/// <summary>A row of the input with the model's columns. It is scored once for each position, when a getter first reads a score.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly HashSet<int> _active;
    private readonly OutputSchema _schema;
    private readonly Scorer _scorer;
    private readonly FeatureReader? _features;
    private readonly float[] _scores;
    private readonly AlignedFloats _sequence;
    private SequenceMemory? _memory;
    private long? _scoredPosition;
    private bool _disposed;

    public ScoredRow(DataViewRow input, HashSet<int> active, OutputSchema schema, Scorer scorer)
    {
        _input = input;
        _active = active;
        _schema = schema;
        _scorer = scorer;
        _sequence = new AlignedFloats(scorer.Shape.Length);
        _scores = new float[scorer.Task.Columns.RowLength];
        if (active.Any(column => column >= schema.ScoreIndex))
        {
            _features = new FeatureReader(input, schema.Feature, "data", scorer.MissingValues);
        }
    }

    public override DataViewSchema Schema => _schema.Schema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        _active.Contains(column.Index) && (_schema.IsNew(column) || _input.IsColumnActive(_schema.Input[column.Index]));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column '{column.Name}' was not requested when the row was created.");
        }

        return _schema.IsNew(column)
            ? ScoreGetters.Make<TValue>(column, _schema, _scorer.Task.Columns, Scores)
            : _input.GetGetter<TValue>(_schema.Input[column.Index]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ReadOnlySpan<float> Scores()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_scoredPosition != _input.Position)
        {
            // If scoring fails, the scores of an earlier row must not be returned.
            _scoredPosition = null;
            Score();
            _scoredPosition = _input.Position;
        }

        return _scores;
    }

    private void Score()
    {
        using var lease = _scorer.Network.Rent();
        var network = lease.Sequences;
        var columns = _scorer.Task.Columns;
        _memory ??= network.NewMemory(rows: 1, everyStep: columns.ScoredSteps is not null);
        if (!_features!.TryRead(_sequence.Values))
        {
            Array.Fill(_scores, float.NaN);
            return;
        }

        network.Run(_sequence, 1, _memory);
        for (var step = 0; step < (columns.ScoredSteps ?? 1); step++)
        {
            _scorer.Task.Scores(_memory.OutputsOf(0, step), _scores.AsSpan(step * columns.ScoreLength, columns.ScoreLength));
        }
    }
}
