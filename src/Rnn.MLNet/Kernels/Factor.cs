namespace Rnn.MLNet.Kernels;

/// <summary>Rows to be multiplied, and packed weights to multiply them with.</summary>
internal readonly unsafe ref struct Factor
{
    public readonly float* Values, Weights;

    /// <summary>From a row of the values to the next, from a number of a row to the next, and numbers of a row.</summary>
    public readonly int RowStride, Stride, Length;

    /// <param name="values">The rows.</param>
    /// <param name="weights">As many rows as the values have columns, in panels of columns as <see cref="PackedWeights"/> lays them out.</param>
    public Factor(in Matrix values, float* weights)
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

    /// <summary>The same from another row and another panel on.</summary>
    public Factor From(int row, int column) =>
        new(Values + (long)row * RowStride, RowStride, Stride, Length, Weights + (long)column * Length);
}
