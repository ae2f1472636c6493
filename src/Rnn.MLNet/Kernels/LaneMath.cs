using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>The activation functions of the cells for a SIMD register, with an absolute error of about 1e-7. NaN remains NaN.</summary>
internal static class LaneMath<T>
    where T : struct, ILanes<T>
{
    private const float LogTwoOfE = 1.44269504f;

    /// <summary>Returns 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid(T x) => T.Create(1) / (T.Create(1) + PowerOfTwo(x, -LogTwoOfE));

    /// <summary>Returns tanh(x) = 1 − 2 / (1 + e²ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x) => T.Create(1) - T.Create(2) / (T.Create(1) + PowerOfTwo(x, 2 * LogTwoOfE));

    /// <summary>
    /// Returns 2 to the power of x × factor. The exponent is split into an integer, which is added to the exponent bits of the result, and a
    /// remainder of magnitude up to ½, for which a polynomial is evaluated. The coefficients are those of <c>exp2f</c> in the Cephes
    /// Mathematical Library (S. L. Moshier).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo(T x, float factor)
    {
        // Adding this constant to a much smaller number rounds the number to an integer.
        const float Rounding = 1.5f * (1 << 23);
        var limit = 126 / MathF.Abs(factor);
        x = T.Clamp(x, T.Create(-limit), T.Create(limit));
        var shifted = T.MultiplyAdd(x, T.Create(factor), T.Create(Rounding));
        var rest = T.MultiplyAdd(x, T.Create(factor), T.Create(Rounding) - shifted);
        var power = T.MultiplyAdd(T.Create(1.535336188319500e-4f), rest, T.Create(1.339887440266574e-3f));
        power = T.MultiplyAdd(power, rest, T.Create(9.618437357674640e-3f));
        power = T.MultiplyAdd(power, rest, T.Create(5.550332471162809e-2f));
        power = T.MultiplyAdd(power, rest, T.Create(2.402264791363012e-1f));
        power = T.MultiplyAdd(power, rest, T.Create(6.931472028550421e-1f));
        power = T.MultiplyAdd(power, rest, T.Create(1));
        return T.TimesPowerOfTwo(power, shifted);
    }
}
