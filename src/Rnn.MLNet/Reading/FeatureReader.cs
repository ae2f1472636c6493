using System.Globalization;
using System.Numerics.Tensors;

namespace Rnn.MLNet.Reading;

/// <summary>Reads the feature column of a row into memory of the caller's: one copy, no call a value.</summary>
internal sealed class FeatureReader
{
    private delegate void Read(Span<float> destination);

    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly string _data;
    private readonly int _length;
    private readonly double[] _doubles;
    private readonly Read _read;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The feature column.</param>
    /// <param name="data">What the rows are, in errors: <c>data</c>, <c>training data</c> or <c>validation data</c>.</param>
    public FeatureReader(DataViewRow row, DataViewSchema.Column column, string data)
    {
        var type = (VectorDataViewType)column.Type;
        var isSingle = type.ItemType == NumberDataViewType.Single;
        _row = row;
        _column = column.Name;
        _data = data;
        _length = type.Size;
        _doubles = isSingle ? [] : new double[_length];
        (_read, LastRead) = isSingle ? Singles(row, column) : Doubles(row, column);
    }

    /// <summary>A <c>ValueGetter</c> of the column's type: the value that was read last, as it came.</summary>
    public Delegate LastRead { get; }

    /// <summary>Copies the current row's values.</summary>
    /// <param name="destination">As long as the vector.</param>
    /// <returns>Whether all values are finite.</returns>
    /// <exception cref="InvalidOperationException">The row's vector is shorter or longer than the column's type says.</exception>
    public bool TryRead(Span<float> destination)
    {
        _read(destination);
        return TensorPrimitives.IsFiniteAll<float>(destination);
    }

    /// <summary>What of the row that was read last is not finite, for an error message.</summary>
    public string NotFinite()
    {
        var place = Array.FindIndex(_doubles, value => double.IsFinite(value) && !float.IsFinite((float)value));
        return place < 0
            ? "NaN or infinity"
            : string.Create(CultureInfo.InvariantCulture, $"{_doubles[place]} in place {place}, which is beyond the range of Single");
    }

    private (Read Read, Delegate LastRead) Singles(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        return (
            destination =>
            {
                getter(ref buffer);
                RequireLength(buffer.Length);
                buffer.CopyTo(destination);
            },
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> destination) => buffer.CopyTo(ref destination)));
    }

    private (Read Read, Delegate LastRead) Doubles(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<double>>(column);
        VBuffer<double> buffer = default;
        return (
            destination =>
            {
                getter(ref buffer);
                RequireLength(buffer.Length);
                buffer.CopyTo(_doubles);
                TensorPrimitives.ConvertTruncating<double, float>(_doubles, destination);
            },
            (ValueGetter<VBuffer<double>>)((ref VBuffer<double> destination) => buffer.CopyTo(ref destination)));
    }

    // ML.NET passes an array on as long as it is, and null as an empty one, whatever the column's type says.
    private void RequireLength(int length)
    {
        if (length != _length)
        {
            throw new InvalidOperationException(
                $"The feature column '{_column}' of the {_data} must hold {_length} values in every row, as its type says; row {_row.Position} (counted from 0) holds {length}.");
        }
    }
}
