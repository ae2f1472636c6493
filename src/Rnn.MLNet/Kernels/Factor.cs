namespace Rnn.MLNet.Kernels;

/// <summary>Rows to be multiplied, and packed weights to multiply them with.</summary>
/// <param name="values">The rows.</param>
/// <param name="weights">As many rows as the values have columns, in panels of columns as <see cref="PackedWeights"/> lays them out.</param>
internal readonly unsafe ref struct Factor(Matrix values, float* weights)
{
    public readonly float* Values = values.Start, Weights = weights;

    /// <summary>From a row of the values to the next, from a number of a row to the next, and numbers of a row.</summary>
    public readonly int RowStride = values.RowStride, Stride = values.ColumnStride, Length = values.Columns;

    private Factor(float* values, int rowStride, int stride, int length, float* weights)
        : this(new Matrix(values, 0, length, rowStride, stride), weights)
    {
    }

    /// <summary>The same from another row and another panel on.</summary>
    public Factor From(int row, int column) =>
        new(Values + (long)row * RowStride, RowStride, Stride, Length, Weights + (long)column * Length);
}
