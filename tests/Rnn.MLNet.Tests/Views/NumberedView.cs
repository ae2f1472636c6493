namespace Rnn.MLNet.Tests.Views;

/// <summary>A view whose rows have numbers that identify nothing: their place in a pass, or always the same one.</summary>
internal sealed class NumberedView(IDataView inner, bool constant) : PassThroughView(inner)
{
    protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new NumberedCursor(cursor, constant);

    private sealed class NumberedCursor(DataViewRowCursor inner, bool constant) : Cursor(inner)
    {
        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId(constant ? 0 : (ulong)Position, 0);
    }
}
