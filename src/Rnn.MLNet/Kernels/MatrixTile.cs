using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Matrix products with packed weights, the innermost loop of all kernels. The sums of a tile of four rows by two registers of columns
/// stay in registers until they are complete.
/// </summary>
internal static unsafe class MatrixTile<T>
    where T : struct, ILanes<T>
{
    private const int Rows = 4;

    /// <summary>Computes target = initial + first · its weights + second · its weights.</summary>
    /// <param name="first">The first pair of operands, with the same number of rows as the target.</param>
    /// <param name="second">The second pair of operands; none if its length is 0.</param>
    /// <param name="initial">The initial sums, in the target's shape. May be the target itself, or one row that is repeated.</param>
    /// <param name="target">Receives the sums. The number of columns must be a multiple of the panel width.</param>
    public static void Multiply(in Factor first, in Factor second, in Matrix initial, in Matrix target)
    {
        int rows = target.Rows, columns = target.Columns, initialStride = initial.RowStride, targetStride = target.RowStride, width = 2 * T.Count;
        float* initialStart = initial.Start, targetStart = target.Start;
        if (rows == 1)
        {
            RowTile<T>.Multiply(first, second, initialStart, targetStart, columns);
            return;
        }

        for (var column = 0; column < columns; column += width)
        {
            for (var row = 0; row < rows; row += Rows)
            {
                Sum(
                    Math.Min(Rows, rows - row), first.From(row, column), second.From(row, column),
                    initialStart + (long)row * initialStride + column, initialStride, targetStart + (long)row * targetStride + column, targetStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sum(int rows, Factor first, Factor second, float* initial, int initialStride, float* target, int targetStride)
    {
        // In an incomplete tile, missing rows repeat the last existing row.
        int row1 = rows > 1 ? 1 : 0, row2 = rows > 2 ? 2 : row1, row3 = rows > 3 ? 3 : row2;
        var n = T.Count;
        var sum00 = T.Load(initial);
        var sum01 = T.Load(initial + n);
        var sum10 = T.Load(initial + row1 * initialStride);
        var sum11 = T.Load(initial + row1 * initialStride + n);
        var sum20 = T.Load(initial + row2 * initialStride);
        var sum21 = T.Load(initial + row2 * initialStride + n);
        var sum30 = T.Load(initial + row3 * initialStride);
        var sum31 = T.Load(initial + row3 * initialStride + n);
        var factor = first;
        for (var turn = 0; turn < 2; turn++)
        {
            float* values0 = factor.Values, values1 = values0 + row1 * factor.RowStride;
            float* values2 = values0 + row2 * factor.RowStride, values3 = values0 + row3 * factor.RowStride;
            var weights = factor.Weights;
            nint stride = factor.Stride, end = factor.Length * stride;
            for (nint k = 0; k < end; k += stride)
            {
                var weight0 = T.Load(weights);
                var weight1 = T.Load(weights + n);
                weights += 2 * n;
                var value = T.Create(values0[k]);
                sum00 = T.MultiplyAdd(value, weight0, sum00);
                sum01 = T.MultiplyAdd(value, weight1, sum01);
                value = T.Create(values1[k]);
                sum10 = T.MultiplyAdd(value, weight0, sum10);
                sum11 = T.MultiplyAdd(value, weight1, sum11);
                value = T.Create(values2[k]);
                sum20 = T.MultiplyAdd(value, weight0, sum20);
                sum21 = T.MultiplyAdd(value, weight1, sum21);
                value = T.Create(values3[k]);
                sum30 = T.MultiplyAdd(value, weight0, sum30);
                sum31 = T.MultiplyAdd(value, weight1, sum31);
            }

            factor = second;
        }

        // Repeated rows store the same sums to the same address again.
        sum30.Store(target + row3 * targetStride);
        sum31.Store(target + row3 * targetStride + n);
        sum20.Store(target + row2 * targetStride);
        sum21.Store(target + row2 * targetStride + n);
        sum10.Store(target + row1 * targetStride);
        sum11.Store(target + row1 * targetStride + n);
        sum00.Store(target);
        sum01.Store(target + n);
    }
}
