using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// The gradient of a weight matrix, one product over all rows and time steps: Σ valuesᵀ · gradients of the pre-activations. It is accumulated in
/// chunks of rows, small enough that a panel of a chunk stays in the CPU's L1 cache.
/// </summary>
internal static unsafe class WeightGradient<T>
    where T : struct, ILanes<T>
{
    private const int RowsAtOnce = 128;
    private const int PanelAtMost = 6 * 1024;
    private const int CacheLine = 16;

    /// <summary>Adds the contribution of all rows and time steps to a gradient.</summary>
    /// <param name="values">The values with which the weights were multiplied, <c>[steps × batch, length]</c>.</param>
    /// <param name="preActivations">
    /// The gradients of the pre-activations to which the weights contributed, <c>[steps × batch, columns]</c>. The number of columns must be a
    /// multiple of the panel width.
    /// </param>
    /// <param name="gradient">
    /// The gradient to add to, <c>[length + 1, columns]</c>: the transposed weights, followed by one row for the bias.
    /// </param>
    public static void Add(in Matrix values, in Matrix preActivations, in Matrix gradient)
    {
        int length = values.Columns, width = PanelWidth.Panel<T>(), rowsAtOnce = Math.Min(RowsAtOnce, PanelAtMost / width);
        // Aligned to cache lines: loading a register that crosses a cache line is slower.
        var memory = stackalloc float[rowsAtOnce * width + CacheLine];
        var panel = (float*)((nint)(memory + CacheLine) & -(CacheLine * sizeof(float)));
        var weights = gradient.SomeRows(0, length);
        for (var start = 0; start < values.Rows; start += rowsAtOnce)
        {
            var count = Math.Min(rowsAtOnce, values.Rows - start);
            Matrix someValues = values.SomeRows(start, count), some = preActivations.SomeRows(start, count);
            // This sequential pass over the rows also brings them into the cache. Copying panels first would access memory in large strides.
            AddUp(some, gradient.Row(length));
            for (var column = 0; column < some.Columns; column += width)
            {
                CopyPanel(some.SomeColumns(column, width), panel);
                var target = weights.SomeColumns(column, width);
                MatrixTile<T>.Multiply(new Factor(someValues.Transposed, panel), default, target, target);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUp(in Matrix rows, float* total)
    {
        // Copied to locals, because otherwise they would be read from memory again after each store.
        int columns = rows.Columns, stride = rows.RowStride;
        var source = rows.Start;
        for (var row = rows.Rows; row > 0; row--, source += stride)
        {
            for (var column = 0; column < columns; column += T.Count)
            {
                (T.Load(total + column) + T.Load(source + column)).Store(total + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPanel(in Matrix rows, float* panel)
    {
        var stride = rows.RowStride;
        var source = rows.Start;
        for (var row = rows.Rows; row > 0; row--, source += stride, panel += 2 * T.Count)
        {
            T.Load(source).Store(panel);
            T.Load(source + T.Count).Store(panel + T.Count);
        }
    }
}
