namespace Rnn.MLNet.Images;

/// <summary>A lazy view of the input with the sequences of its images.</summary>
internal sealed class SequenceView(IDataView input, FittedSequence fitted) : IDataView
{
    private readonly SequenceSchema _schema = fitted.SchemaOf(input.Schema);

    public DataViewSchema Schema => _schema.Schema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = _schema.Checked(columnsNeeded);
        return Cursor(input.GetRowCursor(_schema.SourcesOf(needed), input.CanShuffle ? rand : null), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var needed = _schema.Checked(columnsNeeded);
        return [.. input.GetRowCursorSet(_schema.SourcesOf(needed), n, input.CanShuffle ? rand : null).Select(cursor => Cursor(cursor, needed))];
    }

    private SequenceCursor Cursor(DataViewRowCursor cursor, List<DataViewSchema.Column> needed)
    {
        try
        {
            return new SequenceCursor(cursor, new SequenceColumns(cursor, needed, _schema, fitted), _schema.Schema);
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
