using System.Runtime.ExceptionServices;

namespace Rnn.MLNet.Windows;

/// <summary>Iterates over the windows of a view. The source is read once, no further than the last row of the current window.</summary>
internal sealed class WindowCursor : DataViewRowCursor
{
    private readonly WindowColumns _columns;
    private readonly HashSet<int> _active;
    private readonly DataViewRowCursor _rows;
    private readonly WindowReader _reader;
    private readonly IEnumerator<long> _windows;
    private ExceptionDispatchInfo? _failed;
    private long _position = -1;
    private bool _disposed;

    public WindowCursor(IDataView source, WindowColumns columns, HashSet<int> active, SequenceOptions options, Action<string> warn)
    {
        _columns = columns;
        _active = active;
        var needed = columns.Needed(active);
        _rows = source.GetRowCursor(needed.All);
        try
        {
            _reader = new WindowReader(_rows, columns, active, needed, options, warn);
            _windows = _reader.Windows().GetEnumerator();
        }
        catch
        {
            _rows.Dispose();
            throw;
        }
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    /// <summary>Returns the number of the window in the view, which is the same in every pass.</summary>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        RequireRow();
        id = new DataViewRowId((ulong)_position, 0);
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column '{column.Name}' was not requested when the cursor was created.");
        }

        var getter = column.Index == _columns.GroupIndex ? _reader.Groups
            : column.Index == _columns.TimeIndex ? _reader.Times
            : column.Index == _columns.LabelIndex ? _reader.Labels
            : _reader.Features;
        if (getter is not ValueGetter<TValue> typed)
        {
            throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }

        return (ref TValue value) =>
        {
            RequireRow();
            typed(ref value);
        };
    }

    /// <exception cref="InvalidOperationException">A row cannot be used, or there are rows but no window. Every later call throws the same exception.</exception>
    public override bool MoveNext()
    {
        if (_disposed)
        {
            return false;
        }

        _failed?.Throw();
        try
        {
            _position = _windows.MoveNext() ? _windows.Current : -1;
            return _position >= 0;
        }
        catch (Exception exception)
        {
            _position = -1;
            _failed = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _position = -1;
            _windows.Dispose();
            _rows.Dispose();
        }

        base.Dispose(disposing);
    }

    private void RequireRow()
    {
        if (_position < 0)
        {
            throw new InvalidOperationException(
                _disposed ? "The cursor has been disposed of." : "The cursor is not on a row: read values only after MoveNext has returned true.");
        }
    }
}
