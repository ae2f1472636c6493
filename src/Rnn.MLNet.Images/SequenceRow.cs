namespace Rnn.MLNet.Images;

/// <summary>A row of the input with the sequence of its image.</summary>
internal sealed class SequenceRow(DataViewRow input, SequenceColumns columns, DataViewSchema schema) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.Getter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            columns.Dispose();
        }

        base.Dispose(disposing);
    }
}
