using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Reading;

/// <summary>Reads a key column, whatever integer type holds it, as a class index.</summary>
internal sealed class LabelReader
{
    /// <summary>The most classes that a model may have: each has weights, and each row a score of each.</summary>
    public const int MaxClasses = 1_000_000;

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

    /// <summary>Refuses a label column that is no key, or none of at least two and at most <see cref="MaxClasses"/> classes.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(DataViewSchema.Column column)
    {
        ColumnRules.RequireLabel(ColumnDescription.Of(column));
        var classes = ((KeyDataViewType)column.Type).Count;
        if (classes < 2)
        {
            throw new ArgumentException($"The label column '{column.Name}' must have at least two classes; its key type has {classes}.");
        }

        if (classes > MaxClasses)
        {
            throw new ArgumentException(
                $"The label column '{column.Name}' must have at most {MaxClasses} classes; its key type has {classes}. A key type as KeyCount() or Hash make it counts what could come, not the classes: read the label as text or number instead and append mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\").");
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
