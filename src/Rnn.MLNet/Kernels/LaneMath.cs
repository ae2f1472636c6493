using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Powers of two for a SIMD register, of which the cells write their activation functions as fractions, with an absolute error of about 2e-7: σ(x) = 1 / (1 + e⁻ˣ) and
/// tanh(x) = (e²ˣ − 1) / (e²ˣ + 1). Several functions then share one division, which takes as long as half of a power. NaN remains NaN.
/// </summary>
internal static class LaneMath<T>
    where T : struct, ILanes<T>
{
    /// <summary>The logarithm of e to base 2: 2 to the power of x × this number is e to the power of x.</summary>
    public const float LogTwoOfE = 1.44269504f;

    /// <summary>2 to the power of a larger number, or of a smaller one than its negative, is not needed: no activation could be told from its limit.</summary>
    private const float Limit = 40;

    /// <summary>Adding this constant to a much smaller number rounds the number to an integer.</summary>
    private const float Rounding = 1.5f * (1 << 23);

    // Constants that a loop needs several times are variables outside of it: the JIT would load them again for each use.

    /// <summary>The least exponent.</summary>
    public static T Lowest => T.Create(-Limit);

    /// <summary>The largest exponent. The product of three powers is still finite.</summary>
    public static T Highest => T.Create(Limit);

    /// <summary>
    /// Returns 2 to the power of x, with a relative error of about 2e-7. The exponent is split into an integer, which is added to the exponent bits of the
    /// result, and a remainder of magnitude up to ½, for which a polynomial is evaluated: the one of degree 5 whose largest relative error is least
    /// (found with the Remez algorithm), with its constant term rounded to 1.
    /// </summary>
    /// <param name="x">The exponent.</param>
    /// <param name="lowest">The value of <see cref="Lowest"/>.</param>
    /// <param name="highest">The value of <see cref="Highest"/>.</param>
    /// <param name="one">1 in every lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PowerOfTwo(T x, T lowest, T highest, T one)
    {
        x = T.Clamp(x, lowest, highest);
        var shifted = x + T.Create(Rounding);
        var rest = x - (shifted - T.Create(Rounding));
        var power = T.MultiplyAdd(T.Create(1.3276472e-3f), rest, T.Create(9.6755413e-3f));
        power = T.MultiplyAdd(power, rest, T.Create(5.5507133e-2f));
        power = T.MultiplyAdd(power, rest, T.Create(2.4022120e-1f));
        power = T.MultiplyAdd(power, rest, T.Create(6.9314697e-1f));
        power = T.MultiplyAdd(power, rest, one);
        return T.TimesPowerOfTwo(power, shifted);
    }
}
