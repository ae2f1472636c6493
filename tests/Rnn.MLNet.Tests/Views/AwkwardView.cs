namespace Rnn.MLNet.Tests.Views;

/// <summary>A view that passes another one on, and makes trouble.</summary>
internal sealed class AwkwardView(IDataView inner) : PassThroughView(inner)
{
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

    public override long? GetRowCount() => Claims;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (Interlocked.Increment(ref _readers) > 1 && OneReaderOnly)
        {
            Interlocked.Decrement(ref _readers);
            throw new InvalidOperationException("There is a reader already.");
        }

        return base.GetRowCursor(columnsNeeded, rand);
    }

    protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new AwkwardCursor(cursor, this);

    private sealed class AwkwardCursor(DataViewRowCursor inner, AwkwardView view) : Cursor(inner)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            column.Name == view.FailsIn ? Before<TValue>(column, () => FailAt(Position)) : base.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            ObjectDisposedException.ThrowIf(IsDisposed && view.RefusesAfterDisposal, this);
            if (view.FailsIn is null)
            {
                FailAt(Position + 1);
            }

            return base.MoveNext();
        }

        protected override void Closing()
        {
            Thread.Sleep(view.Closing);
            Interlocked.Decrement(ref view._readers);
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
