using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Sequences;

/// <summary>Reads the feature column of a row into memory of the caller's: one copy, no call a value.</summary>
internal sealed class FeatureReader
{
    private delegate void Read(Span<float> destination);

    private readonly Read _read;

    public FeatureReader(DataViewRow row, DataViewSchema.Column column)
    {
        _read = ((VectorDataViewType)column.Type).ItemType == NumberDataViewType.Single ? Singles(row, column) : Doubles(row, column);
    }

    /// <summary>Copies the current row's values.</summary>
    /// <param name="destination">As long as the vector.</param>
    /// <returns>Whether all values are finite.</returns>
    public bool TryRead(Span<float> destination)
    {
        _read(destination);
        return TensorPrimitives.IsFiniteAll<float>(destination);
    }

    private static Read Singles(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        return destination =>
        {
            getter(ref buffer);
            buffer.CopyTo(destination);
        };
    }

    private static Read Doubles(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<double>>(column);
        VBuffer<double> buffer = default;
        var dense = new double[((VectorDataViewType)column.Type).Size];
        return destination =>
        {
            getter(ref buffer);
            buffer.CopyTo(dense);
            TensorPrimitives.ConvertTruncating<double, float>(dense, destination);
        };
    }
}
