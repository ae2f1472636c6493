using Rnn.MLNet.Native;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// Scores several batches in parallel and returns the rows one by one. The input is read once, a few batches ahead: the features together
/// with the columns that the consumer requested. Memory use does not depend on the number of rows.
/// </summary>
internal sealed class BatchScoringCursor : DataViewRowCursor
{
    private readonly OutputSchema _schema;
    private readonly Scorer _scorer;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _input;
    private readonly FeatureReader _features;
    private readonly ValueGetter<DataViewRowId> _inputId;
    private readonly List<Func<int, IColumnValues>> _passed = [];
    private readonly Dictionary<int, int> _passedIndex = [];
    private readonly TaskFactory _tasks;
    private readonly IBatchForward _forward;
    private readonly int _batchesAhead;
    private readonly Queue<(ScoringBatch? Batch, Task Scored)> _queue = new();
    private readonly Stack<ScoringBatch> _free = new();
    private bool _inputEnded;
    private Task? _failed;
    private ScoringBatch? _current;
    private int _row;
    private long _position = -1;
    private bool _disposed;

    public BatchScoringCursor(IDataView input, List<DataViewSchema.Column> needed, OutputSchema schema, Scorer scorer, Random? shuffle)
    {
        scorer.Network.ThrowIfDisposed();
        _schema = schema;
        _scorer = scorer;
        _active = [.. needed.Select(column => column.Index)];
        _tasks = new TaskFactory(ScoringThreads.Limited(scorer.Threads));
        _forward = scorer.Network.BatchForward(scorer.Task);
        _batchesAhead = 2 * scorer.Threads + 1;
        var passed = schema.Passed(needed);
        _input = input.GetRowCursor(passed.Append(schema.Feature).DistinctBy(column => column.Index), shuffle);
        try
        {
            _features = new FeatureReader(_input, schema.Feature, "data", scorer.MissingValues);
            _inputId = _input.GetIdGetter();
            foreach (var column in passed)
            {
                // Returns the features that have been read already: reading them a second time could give different values.
                var getter = column.Index == schema.Feature.Index ? _features.LastRead : PassedColumn.Getter(_input, column);
                _passedIndex.Add(column.Index, _passed.Count);
                _passed.Add(new PassedColumn(column.Type, getter).Values);
            }
        }
        catch
        {
            _input.Dispose();
            throw;
        }
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
            throw new InvalidOperationException($"The column '{column.Name}' was not requested when the cursor was created.");
        }

        if (_schema.IsNew(column))
        {
            return ScoreGetters.Make<TValue>(column, _schema, _scorer.Task.Columns, () => Current.Scores(_row));
        }

        ScoreGetters.RequireType<TValue>(_schema.Input[column.Index]);
        var index = _passedIndex[column.Index];
        return (ref TValue destination) => Current.Passed<TValue>(index).Get(_row, ref destination);
    }

    public override bool MoveNext()
    {
        if (_current is not null && ++_row == _current.Count)
        {
            _free.Push(_current);
            _current = null;
        }

        if (_disposed || (_current is null && !NextBatch()))
        {
            _position = -1;
            return false;
        }

        _scorer.Network.ThrowIfDisposed();
        _position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            // Threads still write to the batches that are being scored.
            foreach (var (batch, scored) in _queue)
            {
                WaitFor(scored);
                batch?.Dispose();
            }

            _queue.Clear();
            foreach (var batch in _free)
            {
                batch.Dispose();
            }

            _free.Clear();
            _current?.Dispose();
            _current = null;
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ScoringBatch Current => _current ?? throw new InvalidOperationException(
        _disposed ? "The cursor has been disposed of." : "The cursor is not on a row: read values only after MoveNext has returned true.");

    /// <summary>Moves to the next batch and returns whether there is one.</summary>
    /// <exception cref="Exception">Reading the input or scoring the batch failed. Every later call throws the same exception.</exception>
    private bool NextBatch()
    {
        _failed?.GetAwaiter().GetResult();
        while (!_inputEnded && _queue.Count < _batchesAhead)
        {
            Dispatch();
        }

        if (!_queue.TryDequeue(out var next))
        {
            return false;
        }

        try
        {
            ScoringThreads.Wait(next.Scored);
        }
        catch
        {
            next.Batch?.Dispose();
            _inputEnded = true;
            _failed = next.Scored;
            throw;
        }

        (_current, _row) = (next.Batch, 0);
        if (!_inputEnded)
        {
            Dispatch();
        }

        return true;
    }

    /// <summary>
    /// Reads a batch and queues it for scoring. If reading a row fails, the exception is queued in place of this row.
    /// </summary>
    private void Dispatch()
    {
        ScoringBatch? batch = null;
        Exception? error = null;
        try
        {
            batch = _free.TryPop(out var free) ? free : new ScoringBatch(_scorer.Shape, _scorer.Task, _passed, _scorer.Network.BatchRows);
            batch.Clear();
            Fill(batch);
        }
        catch (Exception exception)
        {
            _inputEnded = true;
            error = exception;
        }

        if (batch?.Count > 0)
        {
            _queue.Enqueue((batch, _tasks.StartNew(() => Score(batch))));
        }
        else
        {
            batch?.Dispose();
        }

        if (error is not null)
        {
            _queue.Enqueue((null, Task.FromException(error)));
        }
    }

    private void Fill(ScoringBatch batch)
    {
        while (!batch.IsFull)
        {
            if (!_input.MoveNext())
            {
                _inputEnded = true;
                return;
            }

            batch.Add(_features, _inputId);
        }
    }

    private void Score(ScoringBatch batch)
    {
        using var lease = _scorer.Network.Rent();
        batch.Score(lease, _forward);
    }

    /// <summary>Waits until a batch has been scored, and ignores the outcome.</summary>
    private static void WaitFor(Task scored)
    {
        Uninterrupted.Wait(() => ((IAsyncResult)scored).AsyncWaitHandle.WaitOne());
        // Reading the exception marks it as observed, so that TaskScheduler.UnobservedTaskException is not raised.
        _ = scored.Exception;
    }
}
