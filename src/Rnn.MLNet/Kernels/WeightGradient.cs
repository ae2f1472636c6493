namespace Rnn.MLNet.Kernels;

/// <summary>
/// The gradient of a layer's weights, one product over all rows and steps: Σ valuesᵀ · gradients of the pre-activations. It is summed up some rows at a
/// time, few enough that a panel of them stays in the processor's nearest memory.
/// </summary>
internal static unsafe class WeightGradient<T>
    where T : struct, ILanes<T>
{
    private const int RowsAtOnce = 128;
    private const int CacheLine = 16;

    /// <summary>Adds to a gradient.</summary>
    /// <param name="values">What the weights were multiplied with, <c>[rows of all steps, length]</c>.</param>
    /// <param name="preActivations">Gradients of the pre-activations that the weights fed; their columns are a whole number of panels.</param>
    /// <param name="gradient">The gradient of the transposed weights and, behind it, of the bias, <c>[length + 1, columns]</c>.</param>
    public static void Add(in Matrix values, in Matrix preActivations, in Matrix gradient)
    {
        int length = values.Columns, width = 2 * T.Count;
        // A register that begins where a cache line does is read at once.
        var memory = stackalloc float[RowsAtOnce * width + CacheLine];
        var panel = (float*)((nint)(memory + CacheLine) & -(CacheLine * sizeof(float)));
        var weights = gradient.SomeRows(0, length);
        for (var start = 0; start < values.Rows; start += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, values.Rows - start);
            Matrix someValues = values.SomeRows(start, count), some = preActivations.SomeRows(start, count);
            // The first to pass over them, row by row: that brings them near. Panels alone would fetch a line here and there.
            AddUp(some, gradient.Row(length));
            for (var column = 0; column < some.Columns; column += width)
            {
                CopyPanel(some.SomeColumns(column, width), panel);
                var target = weights.SomeColumns(column, width);
                MatrixTile<T>.Multiply(new Factor(someValues.Transposed, panel), default, target, target);
            }
        }
    }

    private static void AddUp(in Matrix rows, float* total)
    {
        // Into locals: the processor would read them again after each store.
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
