using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Sequences;

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

    /// <summary>The current row's class, from 0; -1 if the label is missing.</summary>
    public int Read() => checked((int)((long)_read() - 1));

    /// <summary>Refuses a label column that is no key of at least two classes.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType key)
        {
            throw new ArgumentException(
                $"The label column '{column.Name}' must be a key; it is {column.Type}. Append mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\") before the trainer.");
        }

        if (key.Count is < 2 or > int.MaxValue)
        {
            throw new ArgumentException($"The label column '{column.Name}' must have at least two classes; its key type has {key.Count}.");
        }
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
