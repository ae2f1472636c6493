namespace Rnn.MLNet.Tests.Views;

/// <summary>A view that counts how often a row's features are read.</summary>
internal sealed class CountedView(IDataView inner) : PassThroughView(inner)
{
    public int Reads { get; private set; }

    public override bool CanShuffle => false;

    protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new CountedCursor(cursor, this);

    private sealed class CountedCursor(DataViewRowCursor inner, CountedView view) : Cursor(inner)
    {
        // Other than 0, to see that it is handed on.
        public override long Batch => 5;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            column.Name == "Features" ? Before<TValue>(column, () => view.Reads++) : base.GetGetter<TValue>(column);
    }
}
