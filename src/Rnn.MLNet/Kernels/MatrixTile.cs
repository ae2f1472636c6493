using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Matrix products with packed weights, the innermost loop of all kernels. The sums of a tile of up to six rows by two registers of columns stay in
/// registers until they are complete: twelve sums, two registers of weights and one value are what sixteen registers hold.
/// </summary>
internal static unsafe class MatrixTile<T>
    where T : struct, ILanes<T>
{
    private const int MaxRows = 6;

    /// <summary>Computes target = initial + first · its weights + second · its weights.</summary>
    /// <param name="first">The first pair of operands, with the same number of rows as the target.</param>
    /// <param name="second">The second pair of operands; none if its length is 0.</param>
    /// <param name="initial">The initial sums, in the target's shape. May be the target itself, or one row that is repeated.</param>
    /// <param name="target">Receives the sums. The number of columns must be a multiple of the panel width.</param>
    public static void Multiply(in Factor first, in Factor second, in Matrix initial, in Matrix target)
    {
        int rows = target.Rows, columns = target.Columns, width = 2 * T.Count;
        if (rows == 1)
        {
            RowTile<T>.Multiply(first, second, initial.Start, target.Start, columns);
            return;
        }

        // As few tiles as possible, of about the same number of rows: a tile of one row would take almost as long as one of six.
        var tiles = (rows + MaxRows - 1) / MaxRows;
        int least = rows / tiles, larger = rows % tiles;
        for (var column = 0; column < columns; column += width)
        {
            Sum(least + 1, larger, 0, column, first, second, initial, target);
            Sum(least, tiles - larger, larger * (least + 1), column, first, second, initial, target);
        }
    }

    /// <summary>Computes consecutive tiles of one panel.</summary>
    private static void Sum(int rows, int tiles, int row, int column, in Factor first, in Factor second, in Matrix initial, in Matrix target)
    {
        if (tiles == 0)
        {
            return;
        }

        Factor one = first.From(row, column), other = second.From(row, column);
        float* from = initial.Row(row) + column, to = target.Row(row) + column;
        switch (rows)
        {
            case 1:
                Sum<One>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
            case 2:
                Sum<Two>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
            case 3:
                Sum<Three>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
            case 4:
                Sum<Four>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
            case 5:
                Sum<Five>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
            default:
                Sum<Six>(tiles, one, other, from, initial.RowStride, to, target.RowStride);
                break;
        }
    }

    // Optimised at once: it runs so long that it would be called too rarely to be compiled again soon.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TRows>(int tiles, Factor first, Factor second, float* initial, nint initialStride, float* target, nint targetStride)
        where TRows : struct, INumberOfRows
    {
        nint n = T.Count;
        float* firstValues = first.Values, secondValues = second.Values;
        for (var tile = 0; tile < tiles; tile++)
        {
            T sum00 = T.Load(initial), sum01 = T.Load(initial + n);
            T sum10 = default, sum11 = default, sum20 = default, sum21 = default, sum30 = default, sum31 = default;
            T sum40 = default, sum41 = default, sum50 = default, sum51 = default;
            if (TRows.Count > 1)
            {
                initial += initialStride;
                sum10 = T.Load(initial);
                sum11 = T.Load(initial + n);
            }

            if (TRows.Count > 2)
            {
                initial += initialStride;
                sum20 = T.Load(initial);
                sum21 = T.Load(initial + n);
            }

            if (TRows.Count > 3)
            {
                initial += initialStride;
                sum30 = T.Load(initial);
                sum31 = T.Load(initial + n);
            }

            if (TRows.Count > 4)
            {
                initial += initialStride;
                sum40 = T.Load(initial);
                sum41 = T.Load(initial + n);
            }

            if (TRows.Count > 5)
            {
                initial += initialStride;
                sum50 = T.Load(initial);
                sum51 = T.Load(initial + n);
            }

            var factor = first;
            for (var turn = 0; turn < 2; turn++)
            {
                nint stride = factor.Stride, row = factor.RowStride;
                float* weights = factor.Weights, values = turn == 0 ? firstValues : secondValues;
                // Four at a time: the processor then predicts where the loop ends.
                var k = factor.Length;
                for (; k >= 4; k -= 4)
                {
                    Add<TRows>(weights, values, row, ref sum00, ref sum01, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31, ref sum40, ref sum41, ref sum50, ref sum51);
                    Add<TRows>(weights + 2 * n, values + stride, row, ref sum00, ref sum01, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31, ref sum40, ref sum41, ref sum50, ref sum51);
                    Add<TRows>(weights + 4 * n, values + 2 * stride, row, ref sum00, ref sum01, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31, ref sum40, ref sum41, ref sum50, ref sum51);
                    Add<TRows>(weights + 6 * n, values + 3 * stride, row, ref sum00, ref sum01, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31, ref sum40, ref sum41, ref sum50, ref sum51);
                    weights += 8 * n;
                    values += 4 * stride;
                }

                for (; k > 0; k--)
                {
                    Add<TRows>(weights, values, row, ref sum00, ref sum01, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31, ref sum40, ref sum41, ref sum50, ref sum51);
                    weights += 2 * n;
                    values += stride;
                }

                factor = second;
            }

            sum00.Store(target);
            sum01.Store(target + n);
            if (TRows.Count > 1)
            {
                target += targetStride;
                sum10.Store(target);
                sum11.Store(target + n);
            }

            if (TRows.Count > 2)
            {
                target += targetStride;
                sum20.Store(target);
                sum21.Store(target + n);
            }

            if (TRows.Count > 3)
            {
                target += targetStride;
                sum30.Store(target);
                sum31.Store(target + n);
            }

            if (TRows.Count > 4)
            {
                target += targetStride;
                sum40.Store(target);
                sum41.Store(target + n);
            }

            if (TRows.Count > 5)
            {
                target += targetStride;
                sum50.Store(target);
                sum51.Store(target + n);
            }

            initial += initialStride;
            target += targetStride;
            firstValues += TRows.Count * (nint)first.RowStride;
            secondValues += TRows.Count * (nint)second.RowStride;
        }
    }

    /// <summary>Adds the products of a value of each row with the weights of two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRows>(
        float* weights, float* values, nint row, ref T sum00, ref T sum01, ref T sum10, ref T sum11, ref T sum20, ref T sum21,
        ref T sum30, ref T sum31, ref T sum40, ref T sum41, ref T sum50, ref T sum51)
        where TRows : struct, INumberOfRows
    {
        T weight0 = T.Load(weights), weight1 = T.Load(weights + T.Count);
        var value = T.Create(*values);
        sum00.AddProduct(value, weight0);
        sum01.AddProduct(value, weight1);
        if (TRows.Count > 1)
        {
            value = T.Create(values[row]);
            sum10.AddProduct(value, weight0);
            sum11.AddProduct(value, weight1);
        }

        if (TRows.Count > 2)
        {
            value = T.Create(values[2 * row]);
            sum20.AddProduct(value, weight0);
            sum21.AddProduct(value, weight1);
        }

        if (TRows.Count > 3)
        {
            value = T.Create(values[3 * row]);
            sum30.AddProduct(value, weight0);
            sum31.AddProduct(value, weight1);
        }

        if (TRows.Count > 4)
        {
            value = T.Create(values[4 * row]);
            sum40.AddProduct(value, weight0);
            sum41.AddProduct(value, weight1);
        }

        if (TRows.Count > 5)
        {
            value = T.Create(values[5 * row]);
            sum50.AddProduct(value, weight0);
            sum51.AddProduct(value, weight1);
        }
    }
}
