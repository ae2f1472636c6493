using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// The product of a single row with packed weights. It takes each weight once, so its speed is that of the memory that holds the weights: the
/// sums of four panels are computed side by side, so that the processor need not wait for the previous addition to a sum. The sums are the same,
/// bit for bit, as those of <see cref="MatrixTile{T}"/>.
/// </summary>
internal static unsafe class RowTile<T>
    where T : struct, ILanes<T>
{
    private const int Panels = 4;

    /// <summary>Computes target = initial + first · its weights + second · its weights.</summary>
    /// <param name="first">The first pair of operands, of one row.</param>
    /// <param name="second">The second pair of operands; none if its length is 0.</param>
    /// <param name="initial">The initial sums. May be the target itself.</param>
    /// <param name="target">Receives the sums.</param>
    /// <param name="columns">The number of sums, a multiple of the panel width.</param>
    public static void Multiply(in Factor first, in Factor second, float* initial, float* target, int columns)
    {
        int width = 2 * T.Count, column = 0;
        for (; column <= columns - Panels * width; column += Panels * width)
        {
            SumPanels(first.From(0, column), second.From(0, column), initial + column, target + column);
        }

        for (; column < columns; column += width)
        {
            SumPanel(first.From(0, column), second.From(0, column), initial + column, target + column);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumPanels(Factor first, Factor second, float* initial, float* target)
    {
        var n = T.Count;
        var sum00 = T.Load(initial);
        var sum01 = T.Load(initial + n);
        var sum10 = T.Load(initial + 2 * n);
        var sum11 = T.Load(initial + 3 * n);
        var sum20 = T.Load(initial + 4 * n);
        var sum21 = T.Load(initial + 5 * n);
        var sum30 = T.Load(initial + 6 * n);
        var sum31 = T.Load(initial + 7 * n);
        var factor = first;
        for (var turn = 0; turn < 2; turn++)
        {
            var values = factor.Values;
            nint stride = factor.Stride, end = factor.Length * stride, panel = (nint)factor.Length * 2 * n;
            float* weights0 = factor.Weights, weights1 = weights0 + panel, weights2 = weights1 + panel, weights3 = weights2 + panel;
            for (nint k = 0; k < end; k += stride)
            {
                var value = T.Create(values[k]);
                sum00.AddProduct(value, weights0);
                sum01.AddProduct(value, weights0 + n);
                weights0 += 2 * n;
                sum10.AddProduct(value, weights1);
                sum11.AddProduct(value, weights1 + n);
                weights1 += 2 * n;
                sum20.AddProduct(value, weights2);
                sum21.AddProduct(value, weights2 + n);
                weights2 += 2 * n;
                sum30.AddProduct(value, weights3);
                sum31.AddProduct(value, weights3 + n);
                weights3 += 2 * n;
            }

            factor = second;
        }

        sum00.Store(target);
        sum01.Store(target + n);
        sum10.Store(target + 2 * n);
        sum11.Store(target + 3 * n);
        sum20.Store(target + 4 * n);
        sum21.Store(target + 5 * n);
        sum30.Store(target + 6 * n);
        sum31.Store(target + 7 * n);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SumPanel(Factor first, Factor second, float* initial, float* target)
    {
        var n = T.Count;
        var sum0 = T.Load(initial);
        var sum1 = T.Load(initial + n);
        var factor = first;
        for (var turn = 0; turn < 2; turn++)
        {
            float* values = factor.Values, weights = factor.Weights;
            nint stride = factor.Stride, end = factor.Length * stride;
            for (nint k = 0; k < end; k += stride)
            {
                var value = T.Create(values[k]);
                sum0.AddProduct(value, weights);
                sum1.AddProduct(value, weights + n);
                weights += 2 * n;
            }

            factor = second;
        }

        sum0.Store(target);
        sum1.Store(target + n);
    }
}
