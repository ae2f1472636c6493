namespace Rnn.MLNet.Kernels;

/// <summary>The operands of a matrix product: rows of values and packed weights.</summary>
internal readonly unsafe ref struct Factor
{
    public readonly float* Values, Weights;

    /// <summary>The distance between consecutive rows of values, the distance between consecutive values of a row, and the length of a row.</summary>
    public readonly int RowStride, Stride, Length;

    /// <param name="values">The rows of values, <c>[rows, length]</c>.</param>
    /// <param name="weights">The weights, <c>[length, columns]</c>, in the panel layout of <see cref="PackedWeights"/>.</param>
    public Factor(scoped in Matrix values, float* weights)
        : this(values.Start, values.RowStride, values.ColumnStride, values.Columns, weights)
    {
    }

    private Factor(float* values, int rowStride, int stride, int length, float* weights)
    {
        Values = values;
        Weights = weights;
        RowStride = rowStride;
        Stride = stride;
        Length = length;
    }

    /// <summary>Returns the operands starting at a row of the values and at a column of the weights, which must be the first of a panel.</summary>
    public Factor From(int row, int column) =>
        new(Values + (long)row * RowStride, RowStride, Stride, Length, Weights + (long)column * Length);
}
