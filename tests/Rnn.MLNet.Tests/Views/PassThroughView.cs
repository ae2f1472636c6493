namespace Rnn.MLNet.Tests.Views;

/// <summary>A view that passes another one on; those derived from it change one thing.</summary>
internal abstract class PassThroughView(IDataView inner) : IDataView
{
    public DataViewSchema Schema => inner.Schema;

    public virtual bool CanShuffle => inner.CanShuffle;

    public virtual long? GetRowCount() => inner.GetRowCount();

    public virtual DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        Wrap(inner.GetRowCursor(columnsNeeded, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected virtual DataViewRowCursor Wrap(DataViewRowCursor cursor) => cursor;

    /// <summary>Passes another cursor on.</summary>
    protected abstract class Cursor(DataViewRowCursor inner) : DataViewRowCursor
    {
        private bool _disposed;

        public override DataViewSchema Schema => inner.Schema;

        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        protected bool IsDisposed => _disposed;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override bool MoveNext() => inner.MoveNext();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                Closing();
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>Called once, before the other cursor is disposed of.</summary>
        protected virtual void Closing()
        {
        }

        /// <summary>A getter that does something before it reads a value.</summary>
        protected ValueGetter<TValue> Before<TValue>(DataViewSchema.Column column, Action act)
        {
            var getter = inner.GetGetter<TValue>(column);
            return (ref TValue value) =>
            {
                act();
                getter(ref value);
            };
        }
    }
}
