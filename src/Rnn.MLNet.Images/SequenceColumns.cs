namespace Rnn.MLNet.Images;

/// <summary>The columns of an output row or cursor over a row or cursor of the input.</summary>
internal sealed class SequenceColumns : IDisposable
{
    private readonly DataViewRow _input;
    private readonly SequenceSchema _schema;
    private readonly HashSet<int> _active;
    private readonly SequenceReader? _reader;
    private bool _disposed;

    /// <param name="input">The row or cursor of the input. It is disposed of with this object.</param>
    /// <param name="requested">The columns of the output that a consumer requests.</param>
    /// <param name="schema">The schema of the output.</param>
    /// <param name="fitted">How images become sequences.</param>
    public SequenceColumns(DataViewRow input, List<DataViewSchema.Column> requested, SequenceSchema schema, FittedSequence fitted)
    {
        _input = input;
        _schema = schema;
        _active = [.. requested.Select(column => column.Index)];
        if (requested.Exists(schema.IsSequence))
        {
            _reader = new SequenceReader(input, schema.Image, fitted);
        }
    }

    public bool IsActive(DataViewSchema.Column column) =>
        _active.Contains(column.Index) && (_schema.IsSequence(column) || _input.IsColumnActive(_schema.Input[column.Index]));

    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
        {
            throw new InvalidOperationException($"The column '{column.Name}' was not requested when the row or cursor was created.");
        }

        if (!_schema.IsSequence(column))
        {
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        }

        return typeof(TValue) == typeof(VBuffer<float>)
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Read
            : throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _reader?.Dispose();
            _input.Dispose();
        }
    }

    private void Read(ref VBuffer<float> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _reader!.Read(ref destination);
    }
}
