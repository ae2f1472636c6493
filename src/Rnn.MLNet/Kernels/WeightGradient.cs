using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// The gradient of a layer's weights, one product over all rows and steps: Σ valuesᵀ · sums. It is summed up some rows at a
/// time, few enough that what one panel needs stays in the processor's nearest memory.
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
    [SkipLocalsInit]
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
            for (var column = 0; column < columns; column += width)
            {
                var source = sums + start * sumsStride + column;
                var bias = gradient + (long)length * columns + column;
                var total0 = T.Load(bias);
                var total1 = T.Load(bias + T.Count);
                for (var row = 0; row < count; row++, source += sumsStride)
                {
                    var sum0 = T.Load(source);
                    var sum1 = T.Load(source + T.Count);
                    total0 += sum0;
                    total1 += sum1;
                    sum0.Store(panel + row * width);
                    sum1.Store(panel + row * width + T.Count);
                }

                total0.Store(bias);
                total1.Store(bias + T.Count);

                var factor = new Factor(values + start * valuesStride, 1, valuesStride, count, panel);
                MatrixTile<T>.Multiply(length, factor, default, width, gradient + column, columns, gradient + column, columns);
            }
        }
    }
}
