namespace Rnn.MLNet.Scoring;

/// <summary>A cursor for a consumer that asked for none of the model's columns: the input's, under the output's schema.</summary>
internal sealed class PassThroughCursor(DataViewRowCursor input, OutputSchema schema) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema.Schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        !schema.IsNew(column) && input.IsColumnActive(schema.Input[column.Index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        IsColumnActive(column)
            ? input.GetGetter<TValue>(schema.Input[column.Index])
            : throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the cursor was made.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool MoveNext() => input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
