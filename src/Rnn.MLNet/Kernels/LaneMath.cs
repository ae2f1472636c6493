using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>The functions of the cells, a register at a time; within about 1e-7 of the exact values. NaN stays NaN.</summary>
internal static class LaneMath<T>
    where T : struct, ILanes<T>
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => T.Create(1) / (T.Create(1) + Exp(T.Create(0) - x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x) => T.Create(1) - T.Create(2) / (T.Create(1) + Exp(x + x));

    /// <summary>
    /// eˣ as 2ⁿ·eʳ with |r| ≤ ln 2 / 2 and a polynomial for eʳ; coefficients and the split of ln 2 from <c>expf</c> of the
    /// Cephes Mathematical Library (S. L. Moshier). Arguments beyond ±87 count as ±87.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp(T x)
    {
        x = T.Clamp(x, T.Create(-87), T.Create(87));
        var n = T.Round(x * T.Create(1.44269504f));
        var r = T.MultiplyAdd(n, T.Create(-0.693359375f), x);
        r = T.MultiplyAdd(n, T.Create(2.12194440e-4f), r);
        var p = T.MultiplyAdd(T.Create(1.9875691500e-4f), r, T.Create(1.3981999507e-3f));
        p = T.MultiplyAdd(p, r, T.Create(8.3334519073e-3f));
        p = T.MultiplyAdd(p, r, T.Create(4.1665795894e-2f));
        p = T.MultiplyAdd(p, r, T.Create(1.6666665459e-1f));
        p = T.MultiplyAdd(p, r, T.Create(5.0000001201e-1f));
        return T.MultiplyAdd(p, r * r, r + T.Create(1)) * T.PowerOfTwo(n);
    }
}
