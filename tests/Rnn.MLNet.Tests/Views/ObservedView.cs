namespace Rnn.MLNet.Tests.Views;

/// <summary>A view that passes another one on and remembers what was asked of it.</summary>
internal sealed class ObservedView(IDataView inner) : PassThroughView(inner)
{
    private int _cursorsOpened;
    private int _cursorsDisposed;
    private long _rowsRead;

    public int CursorsOpened => _cursorsOpened;

    public int CursorsDisposed => _cursorsDisposed;

    /// <summary>Over all cursors.</summary>
    public long RowsRead => _rowsRead;

    /// <summary>Names of the columns that any cursor was made for.</summary>
    public ConcurrentDictionary<string, bool> ColumnsAsked { get; } = new();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        needed.ForEach(column => ColumnsAsked.TryAdd(column.Name, true));
        Interlocked.Increment(ref _cursorsOpened);
        return base.GetRowCursor(needed, rand);
    }

    protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new ObservedCursor(cursor, this);

    private sealed class ObservedCursor(DataViewRowCursor inner, ObservedView view) : Cursor(inner)
    {
        public override bool MoveNext()
        {
            var moved = base.MoveNext();
            if (moved)
            {
                Interlocked.Increment(ref view._rowsRead);
            }

            return moved;
        }

        protected override void Closing() => Interlocked.Increment(ref view._cursorsDisposed);
    }
}
