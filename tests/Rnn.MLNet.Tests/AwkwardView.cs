using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tests;

/// <summary>A view that passes another one on, and makes trouble.</summary>
internal sealed class AwkwardView(IDataView inner) : IDataView
{
    private readonly IDataView _inner = inner;
    private int _readers;

    /// <summary>A second reader is refused while there is a first.</summary>
    public bool OneReaderOnly { get; init; }

    /// <summary>The number of rows that it claims to have.</summary>
    public long? Claims { get; init; } = inner.GetRowCount();

    /// <summary>The row, counted from 0, at which it fails; -1 for none.</summary>
    public int FailsAt { get; init; } = -1;

    /// <summary>The column whose getter fails at that row; null to fail in moving to it.</summary>
    public string? FailsIn { get; init; }

    /// <summary>How long a reader takes to close.</summary>
    public TimeSpan Closing { get; init; }

    /// <summary>A cursor that has been disposed of throws when it is to move.</summary>
    public bool RefusesAfterDisposal { get; init; }

    public int Readers => _readers;

    public DataViewSchema Schema => _inner.Schema;

    public bool CanShuffle => _inner.CanShuffle;

    public long? GetRowCount() => Claims;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (Interlocked.Increment(ref _readers) > 1 && OneReaderOnly)
        {
            Interlocked.Decrement(ref _readers);
            throw new InvalidOperationException("There is a reader already.");
        }

        return new Cursor(_inner.GetRowCursor(columnsNeeded, rand), this);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor cursor, AwkwardView view) : DataViewRowCursor
    {
        private bool _disposed;

        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = cursor.GetGetter<TValue>(column);
            return column.Name != view.FailsIn ? getter : (ref TValue value) =>
            {
                FailAt(Position);
                getter(ref value);
            };
        }

        public override bool MoveNext()
        {
            ObjectDisposedException.ThrowIf(_disposed && view.RefusesAfterDisposal, this);
            if (view.FailsIn is null)
            {
                FailAt(Position + 1);
            }

            return cursor.MoveNext();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                Thread.Sleep(view.Closing);
                Interlocked.Decrement(ref view._readers);
                cursor.Dispose();
            }

            base.Dispose(disposing);
        }

        private void FailAt(long row)
        {
            if (row == view.FailsAt)
            {
                throw new IOException($"The line went dead at row {row}.");
            }
        }
    }
}
