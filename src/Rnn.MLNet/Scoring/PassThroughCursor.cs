namespace Rnn.MLNet.Scoring;

/// <summary>The input's cursor with the schema of the output, for a consumer that requests none of the model's columns.</summary>
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
            : throw new InvalidOperationException($"The column '{column.Name}' was not requested when the cursor was created.");

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
