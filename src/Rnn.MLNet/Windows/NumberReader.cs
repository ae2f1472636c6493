using System.Globalization;

namespace Rnn.MLNet.Windows;

/// <summary>Reads a column of numbers or Booleans, or of vectors of them.</summary>
internal sealed class NumberReader<T> : INumberReader
{
    private readonly T[] _values;
    private readonly Action _read;
    private readonly Convert _convert;

    private NumberReader(DataViewRow row, DataViewSchema.Column column, Convert convert)
    {
        Column = column;
        Size = column.Type is VectorDataViewType vector ? vector.Size : 1;
        _values = new T[Size];
        _read = column.Type is VectorDataViewType ? Vectors(row) : Scalars(row);
        _convert = convert;
    }

    /// <summary>Converts values to Single.</summary>
    public delegate void Convert(ReadOnlySpan<T> values, Span<float> destination);

    public DataViewSchema.Column Column { get; }

    public int Size { get; }

    public void Read(Span<float> destination)
    {
        _read();
        _convert(_values, destination);
    }

    public string Original(int place) => System.Convert.ToString(_values[place], CultureInfo.InvariantCulture)!;

    public static INumberReader Open(DataViewRow row, DataViewSchema.Column column, Convert convert) => new NumberReader<T>(row, column, convert);

    private Action Scalars(DataViewRow row)
    {
        var getter = row.GetGetter<T>(Column);
        return () => getter(ref _values[0]);
    }

    private Action Vectors(DataViewRow row)
    {
        var getter = row.GetGetter<VBuffer<T>>(Column);
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            // ML.NET does not check the length of an array against the column's type, and reads null as an empty vector.
            if (buffer.Length != Size)
            {
                throw new InvalidOperationException(
                    $"The feature column '{Column.Name}' must hold {Size} values in every row, as its type says; row {row.Position} (counted from 0) holds {buffer.Length}.");
            }

            buffer.CopyTo(_values);
        };
    }
}
