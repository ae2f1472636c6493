using System.Globalization;
using System.Numerics.Tensors;

namespace Rnn.MLNet.Reading;

/// <summary>Copies the feature column of a row to a buffer of the caller, as a block rather than value by value.</summary>
internal sealed class FeatureReader
{
    private delegate void Read(Span<float> destination);

    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly string _data;
    private readonly int _length;
    private readonly bool _acceptsMissing;
    private readonly double[] _doubles;
    private readonly Read _read;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The feature column.</param>
    /// <param name="data">The name of the data in error messages: <c>data</c>, <c>training data</c> or <c>validation data</c>.</param>
    /// <param name="missingValues">Whether missing values (NaN) are accepted.</param>
    public FeatureReader(DataViewRow row, DataViewSchema.Column column, string data, MissingValues missingValues = MissingValues.Refuse)
    {
        var type = (VectorDataViewType)column.Type;
        var isSingle = type.ItemType == NumberDataViewType.Single;
        _row = row;
        _column = column.Name;
        _data = data;
        _length = type.Size;
        _acceptsMissing = missingValues != MissingValues.Refuse;
        _doubles = isSingle ? [] : new double[_length];
        (_read, LastRead) = isSingle ? Singles(row, column) : Doubles(row, column);
    }

    /// <summary>A <c>ValueGetter</c> of the column's type that returns the last value read, unconverted.</summary>
    public Delegate LastRead { get; }

    /// <summary>Copies the values of the current row.</summary>
    /// <param name="destination">A buffer of the same length as the vector.</param>
    /// <returns>Whether all values are finite or, if missing values are accepted, NaN.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the length of the vector differs from the column's type.</exception>
    public bool TryRead(Span<float> destination)
    {
        _read(destination);
        return _acceptsMissing ? !TensorPrimitives.IsInfinityAny<float>(destination) : TensorPrimitives.IsFiniteAll<float>(destination);
    }

    /// <summary>Names the first value of the last row read that is not accepted, and says what to do, for an error message.</summary>
    /// <param name="values">The values that were read.</param>
    public string Refusal(ReadOnlySpan<float> values)
    {
        var place = 0;
        while (_acceptsMissing ? !float.IsInfinity(values[place]) : float.IsFinite(values[place]))
        {
            place++;
        }

        if (float.IsNaN(values[place]))
        {
            return $"NaN in place {place}. Set MissingValues to accept missing values, or replace or filter such rows, for instance with mlContext.Transforms.ReplaceMissingValues.";
        }

        return _doubles.Length > 0 && double.IsFinite(_doubles[place])
            ? string.Create(CultureInfo.InvariantCulture, $"{_doubles[place]} in place {place}, which is beyond the range of Single. Replace or filter such rows.")
            : $"infinity in place {place}, which is no missing value. Replace or filter such rows.";
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

    // ML.NET does not check the length of an array against the column's type, and reads null as an empty vector.
    private void RequireLength(int length)
    {
        if (length != _length)
        {
            throw new InvalidOperationException(
                $"The feature column '{_column}' of the {_data} must hold {_length} values in every row, as its type says; row {_row.Position} (counted from 0) holds {length}.");
        }
    }
}
