using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The activation functions of an LSTM, written as fractions of powers, so that several share a division: σ(i) = 1 / (1 + 2⁻ⁱ) and
/// tanh(g) = (2ᵍ − 1) / (2ᵍ + 1), with exponents that contain the logarithm of e. The constants are those of <see cref="LaneMath{T}"/>, see there.
/// </summary>
internal static class LstmActivations<T>
    where T : struct, ILanes<T>
{
    /// <summary>Replaces the pre-activations of i, f and g by the activations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update(ref T i, ref T f, ref T g, T lowest, T highest, T one)
    {
        i *= T.Create(-LaneMath<T>.LogTwoOfE);
        f *= T.Create(-LaneMath<T>.LogTwoOfE);
        g *= T.Create(2 * LaneMath<T>.LogTwoOfE);
        LaneMath<T>.PowersOfTwo(ref i, ref f, ref g, lowest, highest, one);
        i += one;
        f += one;
        var sum = g + one;
        var product = i * sum;
        var inverse = one / (product * f);
        g = (g - one) * i * f * inverse;
        i = sum * f * inverse;
        f = product * inverse;
    }

    /// <summary>Replaces the pre-activation of o by the activation, and the cell state c by σ(o) tanh(c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(ref T o, ref T c, T lowest, T highest, T one)
    {
        o *= T.Create(-LaneMath<T>.LogTwoOfE);
        c *= T.Create(2 * LaneMath<T>.LogTwoOfE);
        LaneMath<T>.PowersOfTwo(ref o, ref c, lowest, highest, one);
        o += one;
        var sum = c + one;
        var inverse = one / (o * sum);
        o = sum * inverse;
        c = (c - one) * inverse;
    }
}
