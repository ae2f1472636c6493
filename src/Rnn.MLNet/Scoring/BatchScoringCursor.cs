using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// Scores in batches, several at once, and hands the rows out one by one. One cursor runs ahead over the features; a second
/// stays in step for the input's columns that the consumer asked for. Memory is a few batches, however long the view.
/// </summary>
internal sealed class BatchScoringCursor : DataViewRowCursor
{
    // Enough rows for full matrix products, few enough for a short wait for the first; fewer of very long rows.
    private const int BatchRows = 128;
    private const int BatchBytes = 4 << 20;

    private readonly OutputSchema _schema;
    private readonly Scorer _scorer;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _ahead;
    private readonly DataViewRowCursor? _inStep;
    private readonly FeatureReader _features;
    private readonly ValueGetter<DataViewRowId> _aheadId;
    private readonly TaskFactory _tasks;
    private readonly int _batchRows;
    private readonly int _batchesAhead;
    private readonly Queue<(ScoringBatch Batch, Task Scored)> _queue = new();
    private readonly Stack<ScoringBatch> _free = new();
    private bool _aheadEnded;
    private ScoringBatch? _current;
    private int _row;
    private long _position = -1;

    public BatchScoringCursor(
        IDataView input, List<DataViewSchema.Column> passed, List<DataViewSchema.Column> needed, OutputSchema schema, Scorer scorer)
    {
        _schema = schema;
        _scorer = scorer;
        _active = [.. needed.Select(column => column.Index)];
        _tasks = new TaskFactory(ScoringThreads.Limited(scorer.Threads));
        _batchRows = Math.Clamp(BatchBytes / sizeof(float) / scorer.Shape.Length, 1, BatchRows);
        _batchesAhead = 2 * scorer.Threads + 1;
        _ahead = input.GetRowCursor([schema.Feature]);
        _inStep = passed.Count > 0 ? input.GetRowCursor(passed) : null;
        _features = new FeatureReader(_ahead, schema.Feature);
        _aheadId = _ahead.GetIdGetter();
    }

    public override DataViewSchema Schema => _schema.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Current.Id(_row);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the cursor was made.");
        }

        return _schema.IsNew(column)
            ? ScoreGetters.Make<TValue>(column, _schema, () => Current.Scores(_row))
            : _inStep!.GetGetter<TValue>(_schema.Input[column.Index]);
    }

    public override bool MoveNext()
    {
        if (_current is not null && ++_row == _current.Count)
        {
            _free.Push(_current);
            _current = null;
        }

        if (_current is null && !NextBatch())
        {
            _position = -1;
            return false;
        }

        _position++;
        if (_inStep?.MoveNext() == false)
        {
            throw new InvalidOperationException("The input of the model had fewer rows the second time it was enumerated.");
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Batches in flight still read the network.
            foreach (var (batch, scored) in _queue)
            {
                ((IAsyncResult)scored).AsyncWaitHandle.WaitOne();
                batch.Dispose();
            }

            _queue.Clear();
            foreach (var batch in _free)
            {
                batch.Dispose();
            }

            _free.Clear();
            _current?.Dispose();
            _current = null;
            _ahead.Dispose();
            _inStep?.Dispose();
        }

        base.Dispose(disposing);
    }

    private ScoringBatch Current => _current ?? throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");

    private bool NextBatch()
    {
        while (!_aheadEnded && _queue.Count < _batchesAhead)
        {
            Dispatch();
        }

        if (_queue.Count == 0)
        {
            return false;
        }

        (_current, var scored) = _queue.Dequeue();
        _row = 0;
        ScoringThreads.Wait(scored);
        if (!_aheadEnded)
        {
            Dispatch();
        }

        return true;
    }

    /// <summary>Reads a batch and hands it to the scoring threads.</summary>
    private void Dispatch()
    {
        var batch = _free.TryPop(out var free) ? free : new ScoringBatch(_scorer.Shape, _scorer.Labels.Count, _batchRows);
        batch.Clear();
        while (!batch.IsFull)
        {
            if (!_ahead.MoveNext())
            {
                _aheadEnded = true;
                break;
            }

            batch.Add(_features, _aheadId);
        }

        if (batch.Count == 0)
        {
            _free.Push(batch);
            return;
        }

        _queue.Enqueue((batch, _tasks.StartNew(() => batch.Score(_scorer.Network))));
    }
}
