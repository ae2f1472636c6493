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

    // The coefficients of the polynomial.
    private const float C1 = 6.9314697e-1f, C2 = 2.4022120e-1f, C3 = 5.5507133e-2f, C4 = 9.6755413e-3f, C5 = 1.3276472e-3f;

    // Constants that a loop needs several times are variables outside of it: the JIT would load them again for each use.

    /// <summary>The least exponent.</summary>
    public static T Lowest => T.Create(-Limit);

    /// <summary>The largest exponent. The product of three powers is still finite.</summary>
    public static T Highest => T.Create(Limit);

    /// <summary>
    /// Replaces two exponents x by 2 to the power of x, with a relative error of about 2e-7. Each is split into an integer, which is added to the exponent
    /// bits of the result, and a remainder of magnitude up to ½, for which a polynomial is evaluated: the one of degree 5 whose largest relative error is
    /// least (found with the Remez algorithm), with its constant term rounded to 1. Every operation waits for the one before it, so several powers side by
    /// side, in this order of the instructions, take hardly longer than one.
    /// </summary>
    /// <param name="x">The first exponent; on return its power.</param>
    /// <param name="y">The second exponent; on return its power.</param>
    /// <param name="lowest">The value of <see cref="Lowest"/>.</param>
    /// <param name="highest">The value of <see cref="Highest"/>.</param>
    /// <param name="one">1 in every lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PowersOfTwo(ref T x, ref T y, T lowest, T highest, T one)
    {
        x = T.Clamp(x, lowest, highest);
        y = T.Clamp(y, lowest, highest);
        var rounding = T.Create(Rounding);
        T shiftedX = x + rounding, shiftedY = y + rounding;
        x -= shiftedX - rounding;
        y -= shiftedY - rounding;
        T leading = T.Create(C5), coefficient = T.Create(C4);
        T powerX = T.MultiplyAdd(leading, x, coefficient), powerY = T.MultiplyAdd(leading, y, coefficient);
        coefficient = T.Create(C3);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        coefficient = T.Create(C2);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        coefficient = T.Create(C1);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        x = T.TimesPowerOfTwo(T.MultiplyAdd(powerX, x, one), shiftedX);
        y = T.TimesPowerOfTwo(T.MultiplyAdd(powerY, y, one), shiftedY);
    }

    /// <summary>Replaces three exponents by the powers of two, as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PowersOfTwo(ref T x, ref T y, ref T z, T lowest, T highest, T one)
    {
        x = T.Clamp(x, lowest, highest);
        y = T.Clamp(y, lowest, highest);
        z = T.Clamp(z, lowest, highest);
        var rounding = T.Create(Rounding);
        T shiftedX = x + rounding, shiftedY = y + rounding, shiftedZ = z + rounding;
        x -= shiftedX - rounding;
        y -= shiftedY - rounding;
        z -= shiftedZ - rounding;
        T leading = T.Create(C5), coefficient = T.Create(C4);
        T powerX = T.MultiplyAdd(leading, x, coefficient), powerY = T.MultiplyAdd(leading, y, coefficient), powerZ = T.MultiplyAdd(leading, z, coefficient);
        coefficient = T.Create(C3);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        powerZ = T.MultiplyAdd(powerZ, z, coefficient);
        coefficient = T.Create(C2);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        powerZ = T.MultiplyAdd(powerZ, z, coefficient);
        coefficient = T.Create(C1);
        powerX = T.MultiplyAdd(powerX, x, coefficient);
        powerY = T.MultiplyAdd(powerY, y, coefficient);
        powerZ = T.MultiplyAdd(powerZ, z, coefficient);
        x = T.TimesPowerOfTwo(T.MultiplyAdd(powerX, x, one), shiftedX);
        y = T.TimesPowerOfTwo(T.MultiplyAdd(powerY, y, one), shiftedY);
        z = T.TimesPowerOfTwo(T.MultiplyAdd(powerZ, z, one), shiftedZ);
    }

    /// <summary>
    /// Returns tanh(x) with a relative error of at most 1.3e-6, of tiny values too: (e²ˣ − 1) / (e²ˣ + 1) with e²ˣ − 1 = 2ⁿ (2ʳ − 1) + (2ⁿ − 1), where
    /// the polynomial gives 2ʳ − 1 without the 1. For what is divided by its own deviation: there an absolute error of 2e-7 could be everything.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh(T x, T lowest, T highest, T one)
    {
        x = T.Clamp(x * T.Create(2 * LogTwoOfE), lowest, highest);
        var rounding = T.Create(Rounding);
        var shifted = x + rounding;
        x -= shifted - rounding;
        var power = T.MultiplyAdd(T.Create(C5), x, T.Create(C4));
        power = T.MultiplyAdd(power, x, T.Create(C3));
        power = T.MultiplyAdd(power, x, T.Create(C2));
        power = T.MultiplyAdd(power, x, T.Create(C1)) * x;
        var scale = T.TimesPowerOfTwo(one, shifted);
        return T.MultiplyAdd(scale, power, scale - one) / T.MultiplyAdd(scale, power, scale + one);
    }
}
