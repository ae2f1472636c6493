namespace Rnn.MLNet.Experiments.Data;

/// <summary>
/// A view of the rows of another view whose position satisfies a condition, or of all its rows. Every cursor throws
/// <see cref="OperationCanceledException"/> once the token is cancelled.
/// </summary>
internal sealed class SelectedRows(IDataView rows, Func<long, bool>? chosen, long? count, CancellationToken cancellationToken) : IDataView
{
    public DataViewSchema Schema => rows.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => rand is null
        ? new Cursor(rows.GetRowCursor(columnsNeeded), chosen, cancellationToken)
        // Rows are selected by their position in the source, so they must be shuffled after the selection.
        : new MLContext().Data.ShuffleRows(this, rand.Next(), shuffleSource: false).GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor cursor, Func<long, bool>? chosen, CancellationToken cancellationToken) : DataViewRowCursor
    {
        private long _read = -1;
        private long _position = -1;

        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => _position;

        public override long Batch => cursor.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => cursor.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool MoveNext()
        {
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!cursor.MoveNext())
                {
                    _position = -1;
                    return false;
                }

                _read++;
            }
            while (chosen?.Invoke(_read) == false);

            _position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                cursor.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
