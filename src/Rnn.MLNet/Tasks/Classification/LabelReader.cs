namespace Rnn.MLNet.Tasks.Classification;

/// <summary>Reads a key column, whatever integer type holds it, as a class index.</summary>
internal sealed class LabelReader
{
    private readonly Func<ulong> _read;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The label column.</param>
    /// <exception cref="ArgumentException">The column is not a key.</exception>
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

    /// <summary>The key that was read last, as it came: 1 for the first class, 0 if the label is missing.</summary>
    public ulong Key { get; private set; }

    /// <summary>The current row's class, from 0; -1 if the label is missing. Of a key beyond all classes some number that is beyond them too.</summary>
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
