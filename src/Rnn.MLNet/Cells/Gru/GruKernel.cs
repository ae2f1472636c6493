using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The kernel of the GRU (Cho et al., 2014) with the reset gate after the product; gates r, z, n. The two products of the candidate are kept
/// separate because the reset gate multiplies only one of them. The blocks are n from the inputs, r, z, and n from the state.
/// </summary>
internal sealed unsafe class GruKernel : ICellKernel
{
    public static int Blocks => 4;

    public static ReadOnlySpan<int> InputBlocks => [1, 2, 0];

    public static ReadOnlySpan<int> RecurrentBlocks => [1, 2, 3];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* candidates = blocks, resets = candidates + width, updates = resets + width, products = updates + width;
        float* previousOutput = state.PreviousOutput, output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            // One division for both gates.
            T r = T.Load(resets + unit) * sigmoid, z = T.Load(updates + unit) * sigmoid;
            LaneMath<T>.PowersOfTwo(ref r, ref z, lowest, highest, one);
            r += one;
            z += one;
            var inverse = one / (r * z);
            (r * inverse).Store(updates + unit);
            r = z * inverse;
            r.Store(resets + unit);
            T.MultiplyAdd(r, T.Load(products + unit), T.Load(candidates + unit)).Store(candidates + unit);
        }

        // A loop of its own: in one loop, each turn would wait for its reset gate before it could begin with the candidate.
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            var next = unit + T.Count;
            T n = T.Load(candidates + unit) * tanh, n2 = T.Load(candidates + next) * tanh;
            LaneMath<T>.PowersOfTwo(ref n, ref n2, lowest, highest, one);
            n = (n - one) / (n + one);
            n2 = (n2 - one) / (n2 + one);
            n.Store(candidates + unit);
            n2.Store(candidates + next);
            T.MultiplyAdd(T.Load(updates + unit), T.Load(previousOutput + unit) - n, n).Store(output + unit);
            T.MultiplyAdd(T.Load(updates + next), T.Load(previousOutput + next) - n2, n2).Store(output + next);
        }
    }

    // With the powers Z and N of which update gate and candidate are fractions, the new state is one fraction:
    // h / (1 + Z) + Z / (1 + Z) · (N - 1) / (N + 1) = (h (N + 1) + Z (N - 1)) / ((1 + Z) (N + 1)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* candidates = blocks, resets = candidates + width, updates = resets + width, products = updates + width;
        float* previousOutput = state.PreviousOutput, output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            var next = unit + T.Count;
            T r = T.Load(resets + unit) * sigmoid, r2 = T.Load(resets + next) * sigmoid;
            LaneMath<T>.PowersOfTwo(ref r, ref r2, lowest, highest, one);
            (T.Load(products + unit) / (r + one) + T.Load(candidates + unit)).Store(candidates + unit);
            (T.Load(products + next) / (r2 + one) + T.Load(candidates + next)).Store(candidates + next);
        }

        for (var unit = 0; unit < width; unit += T.Count)
        {
            T z = T.Load(updates + unit) * sigmoid, n = T.Load(candidates + unit) * tanh;
            LaneMath<T>.PowersOfTwo(ref z, ref n, lowest, highest, one);
            var sum = n + one;
            (T.MultiplyAdd(T.Load(previousOutput + unit), sum, z * (n - one)) / ((z + one) * sum)).Store(output + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>
    {
        float* candidates = blocks, resets = candidates + width, updates = resets + width, products = updates + width;
        float* previousOutput = state.PreviousOutput, outputGradient = gradient.Output, previousGradient = gradient.PreviousOutput;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var n = T.Load(candidates + unit);
            var r = T.Load(resets + unit);
            var z = T.Load(updates + unit);
            var dh = T.Load(outputGradient + unit);
            var dn = dh * (one - z) * (one - n * n);
            dn.Store(candidates + unit);
            (dn * T.Load(products + unit) * r * (one - r)).Store(resets + unit);
            (dh * (T.Load(previousOutput + unit) - n) * z * (one - z)).Store(updates + unit);
            (dn * r).Store(products + unit);
            T.MultiplyAdd(dh, z, T.Load(previousGradient + unit)).Store(previousGradient + unit);
        }
    }
}
