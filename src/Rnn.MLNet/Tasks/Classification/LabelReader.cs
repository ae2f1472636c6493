namespace Rnn.MLNet.Tasks.Classification;

/// <summary>Reads a column of keys of any integer type as class indices.</summary>
internal sealed class LabelReader
{
    private readonly Func<ulong> _read;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The label column.</param>
    public LabelReader(DataViewRow row, DataViewSchema.Column column)
    {
        _read = column.Type.RawType switch
        {
            var type when type == typeof(byte) => Getter<byte>(row, column),
            var type when type == typeof(ushort) => Getter<ushort>(row, column),
            var type when type == typeof(uint) => Getter<uint>(row, column),
            _ => Getter<ulong>(row, column),
        };
    }

    /// <summary>The key that was last read: 1 for the first class, 0 if the label is missing.</summary>
    public ulong Key { get; private set; }

    /// <summary>
    /// Reads the current row's class index, counted from 0; -1 if the label is missing. A key above the number of classes gives an index
    /// that is out of range too.
    /// </summary>
    public int Read()
    {
        Key = _read();
        return (int)Math.Min(Key, int.MaxValue) - 1;
    }

    private static Func<ulong> Getter<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return ulong.CreateTruncating(value);
        };
    }
}
