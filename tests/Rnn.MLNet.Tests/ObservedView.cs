using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tests;

/// <summary>A view that passes another one on and remembers what was asked of it.</summary>
internal sealed class ObservedView(IDataView inner) : IDataView
{
    private int _cursorsOpened;
    private int _cursorsDisposed;
    private long _rowsRead;

    public DataViewSchema Schema => inner.Schema;

    public bool CanShuffle => inner.CanShuffle;

    public int CursorsOpened => _cursorsOpened;

    public int CursorsDisposed => _cursorsDisposed;

    /// <summary>Over all cursors.</summary>
    public long RowsRead => _rowsRead;

    /// <summary>Names of the columns that any cursor was made for.</summary>
    public ConcurrentDictionary<string, bool> ColumnsAsked { get; } = new();

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        needed.ForEach(column => ColumnsAsked.TryAdd(column.Name, true));
        Interlocked.Increment(ref _cursorsOpened);
        return new Cursor(inner.GetRowCursor(needed, rand), this);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor cursor, ObservedView view) : DataViewRowCursor
    {
        private bool _disposed;

        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => cursor.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool MoveNext()
        {
            var moved = cursor.MoveNext();
            if (moved)
            {
                Interlocked.Increment(ref view._rowsRead);
            }

            return moved;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                Interlocked.Increment(ref view._cursorsDisposed);
                cursor.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
