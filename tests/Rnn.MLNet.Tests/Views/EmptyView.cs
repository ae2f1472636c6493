namespace Rnn.MLNet.Tests.Views;

/// <summary>A view of any columns, without rows, for what looks at the schema alone.</summary>
internal sealed class EmptyView(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema => schema;

    public bool CanShuffle => false;

    /// <summary>A view of columns of these types.</summary>
    public static EmptyView Of(params IEnumerable<(string Name, DataViewType Type)> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in columns)
        {
            builder.AddColumn(name, type);
        }

        return new EmptyView(builder.ToSchema());
    }

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        throw new InvalidOperationException("The rows were read.");

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
