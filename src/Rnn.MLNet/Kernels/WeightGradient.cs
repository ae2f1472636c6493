namespace Rnn.MLNet.Kernels;

/// <summary>
/// The gradient of a layer's weights, one product over all rows and steps: Σ valuesᵀ · sums. It is summed up some rows at a
/// time, few enough that a panel of them stays in the processor's nearest memory.
/// </summary>
internal static unsafe class WeightGradient<T>
    where T : struct, ILanes<T>
{
    private const int RowsAtOnce = 128;
    private const int CacheLine = 16;

    /// <summary>Adds to a gradient.</summary>
    /// <param name="rows">Rows of all steps.</param>
    /// <param name="values">What the weights were multiplied with, <c>[rows, length]</c>.</param>
    /// <param name="valuesStride">From a row of the values to the next.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="sums">Gradients of the sums; the columns that the weights fed.</param>
    /// <param name="sumsStride">From a row of the sums to the next.</param>
    /// <param name="columns">Columns of the sums, a whole number of panels.</param>
    /// <param name="gradient">The gradient of the transposed weights and, behind it, of the bias, <c>[length + 1, columns]</c>.</param>
    public static void Add(
        long rows, float* values, int valuesStride, int length, float* sums, int sumsStride, int columns, float* gradient)
    {
        var width = 2 * T.Count;
        // A register that begins where a cache line does is read at once.
        var memory = stackalloc float[RowsAtOnce * width + CacheLine];
        var panel = (float*)((nint)(memory + CacheLine) & -(CacheLine * sizeof(float)));
        for (long start = 0; start < rows; start += RowsAtOnce)
        {
            var count = (int)Math.Min(RowsAtOnce, rows - start);
            // The first to pass over them, row by row: that brings them near. Panels alone would fetch a line here and there.
            AddUp(count, sums, sumsStride, columns, gradient + (long)length * columns);
            for (var column = 0; column < columns; column += width)
            {
                CopyPanel(count, sums + column, sumsStride, panel);
                var factor = new Factor(values, 1, valuesStride, count, panel);
                MatrixTile<T>.Multiply(length, factor, default, width, gradient + column, columns, gradient + column, columns);
            }

            values += (long)count * valuesStride;
            sums += (long)count * sumsStride;
        }
    }

    private static void AddUp(int rows, float* sums, int stride, int columns, float* total)
    {
        for (var row = 0; row < rows; row++, sums += stride)
        {
            for (var column = 0; column < columns; column += T.Count)
            {
                (T.Load(total + column) + T.Load(sums + column)).Store(total + column);
            }
        }
    }

    private static void CopyPanel(int rows, float* sums, int stride, float* panel)
    {
        for (var row = 0; row < rows; row++, sums += stride, panel += 2 * T.Count)
        {
            T.Load(sums).Store(panel);
            T.Load(sums + T.Count).Store(panel + T.Count);
        }
    }
}
