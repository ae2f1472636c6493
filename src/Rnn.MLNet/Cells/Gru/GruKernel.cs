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

    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* candidates = blocks, resets = candidates + width, updates = resets + width, products = updates + width;
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var r = LaneMath<T>.Sigmoid(T.Load(resets + unit));
            var z = LaneMath<T>.Sigmoid(T.Load(updates + unit));
            var n = LaneMath<T>.Tanh(T.MultiplyAdd(r, T.Load(products + unit), T.Load(candidates + unit)));
            n.Store(candidates + unit);
            r.Store(resets + unit);
            z.Store(updates + unit);
            T.MultiplyAdd(z, T.Load(state.PreviousOutput + unit) - n, n).Store(state.Output + unit);
        }
    }

    public static void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>
    {
        float* candidates = blocks, resets = candidates + width, updates = resets + width, products = updates + width;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var n = T.Load(candidates + unit);
            var r = T.Load(resets + unit);
            var z = T.Load(updates + unit);
            var dh = T.Load(gradient.Output + unit);
            var dn = dh * (one - z) * (one - n * n);
            dn.Store(candidates + unit);
            (dn * T.Load(products + unit) * r * (one - r)).Store(resets + unit);
            (dh * (T.Load(state.PreviousOutput + unit) - n) * z * (one - z)).Store(updates + unit);
            (dn * r).Store(products + unit);
            T.MultiplyAdd(dh, z, T.Load(gradient.PreviousOutput + unit)).Store(gradient.PreviousOutput + unit);
        }
    }
}
