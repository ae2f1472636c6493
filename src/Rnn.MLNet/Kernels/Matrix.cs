namespace Rnn.MLNet.Kernels;

/// <summary>A matrix in memory that somebody else keeps alive.</summary>
/// <param name="start">The first number.</param>
/// <param name="rows">Rows.</param>
/// <param name="columns">Numbers of a row.</param>
/// <param name="rowStride">From a row to the next; 0 for one row that stands for all.</param>
/// <param name="columnStride">From a number of a row to the next.</param>
internal readonly unsafe ref struct Matrix(float* start, int rows, int columns, int rowStride, int columnStride = 1)
{
    public readonly float* Start = start;

    public readonly int Rows = rows, Columns = columns, RowStride = rowStride, ColumnStride = columnStride;

    public Matrix Transposed => new(Start, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The first number of a row.</summary>
    public float* Row(int row) => Start + (long)row * RowStride;

    public Matrix SomeRows(int first, int count) => new(Row(first), count, Columns, RowStride, ColumnStride);

    public Matrix SomeColumns(int first, int count) => new(Start + (long)first * ColumnStride, Rows, count, RowStride, ColumnStride);
}

/// <summary>Matrices of one shape at even distances, such as those of all time steps.</summary>
/// <param name="first">The first of them.</param>
/// <param name="stride">From a matrix to the next.</param>
internal readonly unsafe ref struct MatrixSeries(Matrix first, long stride)
{
    private readonly Matrix _first = first;
    private readonly long _stride = stride;

    public Matrix this[int index] =>
        new(_first.Start + index * _stride, _first.Rows, _first.Columns, _first.RowStride, _first.ColumnStride);
}
