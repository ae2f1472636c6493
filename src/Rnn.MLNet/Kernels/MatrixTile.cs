using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Matrix products of few rows with packed weights, the inner loop of everything: sums of four rows by two registers of
/// columns are kept in registers from the first product to the last.
/// </summary>
internal static unsafe class MatrixTile<T>
    where T : struct, ILanes<T>
{
    private const int Rows = 4;

    /// <summary>target = initial + first · its weights + second · its weights.</summary>
    /// <param name="rows">Rows of all matrices but the weights.</param>
    /// <param name="first">A factor and its weights.</param>
    /// <param name="second">Another one with as many columns of weights; none if its length is 0.</param>
    /// <param name="columns">Columns of the target, a whole number of panels.</param>
    /// <param name="initial">What the sums begin with; may be the target itself.</param>
    /// <param name="initialStride">From a row to the next; 0 for one row that all begin with.</param>
    /// <param name="target">Where the sums go.</param>
    /// <param name="targetStride">From a row to the next.</param>
    public static void Multiply(
        int rows, in Factor first, in Factor second, int columns, float* initial, int initialStride, float* target, int targetStride)
    {
        var width = 2 * T.Count;
        for (var column = 0; column < columns; column += width)
        {
            for (var row = 0; row < rows; row += Rows)
            {
                Sum(
                    Math.Min(Rows, rows - row), first.From(row, column), second.From(row, column),
                    initial + (long)row * initialStride + column, initialStride, target + (long)row * targetStride + column, targetStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sum(int rows, Factor first, Factor second, float* initial, int initialStride, float* target, int targetStride)
    {
        // Rows that are not there repeat the last one, and are not stored.
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

        // From the last to the first: a row that repeats another holds the same sums.
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

/// <summary>Rows to be multiplied, and packed weights to multiply them with.</summary>
/// <param name="values">The first number of the first row.</param>
/// <param name="rowStride">From a row to the next.</param>
/// <param name="stride">From a number of a row to the next.</param>
/// <param name="length">Numbers of a row, and rows of the weights.</param>
/// <param name="weights">Panels of columns, as <see cref="PackedWeights"/> lays them out.</param>
internal readonly unsafe ref struct Factor(float* values, int rowStride, int stride, int length, float* weights)
{
    public readonly float* Values = values, Weights = weights;

    public readonly int RowStride = rowStride, Stride = stride, Length = length;

    /// <summary>The same from another row and another panel on.</summary>
    public Factor From(int row, int column) =>
        new(Values + (long)row * RowStride, RowStride, Stride, Length, Weights + (long)column * Length);
}
