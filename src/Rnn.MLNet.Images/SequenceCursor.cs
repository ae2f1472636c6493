namespace Rnn.MLNet.Images;

/// <summary>A cursor of the input with the sequences of its images. An image is read when its sequence is.</summary>
internal sealed class SequenceCursor(DataViewRowCursor input, SequenceColumns columns, DataViewSchema schema) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.Getter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool MoveNext() => input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            columns.Dispose();
        }

        base.Dispose(disposing);
    }
}
