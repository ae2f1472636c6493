namespace Rnn.MLNet.Kernels;

/// <summary>A view of a matrix in memory. The caller must keep the memory alive.</summary>
/// <param name="start">The address of the first element.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of columns.</param>
/// <param name="rowStride">The distance between consecutive rows, in elements; 0 to repeat one row.</param>
/// <param name="columnStride">The distance between consecutive elements of a row, in elements.</param>
internal readonly unsafe ref struct Matrix(float* start, int rows, int columns, int rowStride, int columnStride = 1)
{
    public readonly float* Start = start;

    public readonly int Rows = rows, Columns = columns, RowStride = rowStride, ColumnStride = columnStride;

    public Matrix Transposed => new(Start, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Returns the address of the first element of a row.</summary>
    public float* Row(int row) => Start + (long)row * RowStride;

    public Matrix SomeRows(int first, int count) => new(Row(first), count, Columns, RowStride, ColumnStride);

    public Matrix SomeColumns(int first, int count) => new(Start + (long)first * ColumnStride, Rows, count, RowStride, ColumnStride);
}

/// <summary>Matrices of the same shape at regular distances in memory, such as one per time step.</summary>
/// <param name="first">The first matrix.</param>
/// <param name="stride">The distance between consecutive matrices, in elements.</param>
internal readonly unsafe ref struct MatrixSeries(Matrix first, long stride)
{
    private readonly Matrix _first = first;
    private readonly long _stride = stride;

    /// <summary>Returns the first rows of the first matrices as one matrix.</summary>
    public Matrix FirstRows(int count) => new(_first.Start, count, _first.Columns, checked((int)_stride));

    public Matrix this[int index] =>
        new(_first.Start + index * _stride, _first.Rows, _first.Columns, _first.RowStride, _first.ColumnStride);
}
