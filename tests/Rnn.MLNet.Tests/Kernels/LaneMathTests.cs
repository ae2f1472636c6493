namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The functions of the cells against those of .NET, over their whole range, in all widths.</summary>
public sealed unsafe class LaneMathTests
{
    private static readonly float[] Values =
    [
        .. Enumerable.Range(-4000, 8001).Select(i => i / 100f), .. Enumerable.Range(-100, 201).Select(i => i * 1e-5f),
        float.MinValue, -1e4f, -88, -87, 87, 88, 1e4f, float.MaxValue, float.NegativeInfinity, float.PositiveInfinity,
    ];

    [Fact]
    public void Sigmoid_and_tanh_are_exact_to_a_rounding()
    {
        Check<Lanes128>();
        Check<Lanes256>();
        Check<Lanes512>();
        Check<Lanes1024>();
    }

    private static void Check<T>()
        where T : struct, ILanes<T>
    {
        var lanes = stackalloc float[T.Count];
        foreach (var x in Values)
        {
            Sigmoid(T.Create(x)).Store(lanes);
            Assert.InRange(lanes[T.Count - 1], Sigmoid(x) - 1.2e-7, Sigmoid(x) + 1.2e-7);
            Tanh(T.Create(x)).Store(lanes);
            Assert.InRange(lanes[0], Math.Tanh(x) - 2.4e-7, Math.Tanh(x) + 2.4e-7);
        }

        foreach (var x in (float[])[.. Values, 1e-30f, 3e-12f, 1e-7f, -4.4e-4f])
        {
            LaneMath<T>.Tanh(T.Create(x), LaneMath<T>.Lowest, LaneMath<T>.Highest, T.Create(1)).Store(lanes);
            Assert.InRange(lanes[0], Math.Tanh(x) - 1.3e-6 * Math.Abs(Math.Tanh(x)), Math.Tanh(x) + 1.3e-6 * Math.Abs(Math.Tanh(x)));
        }

        // A training that diverged must be seen.
        Sigmoid(T.Create(float.NaN)).Store(lanes);
        Assert.True(float.IsNaN(lanes[0]));
        Tanh(T.Create(float.NaN)).Store(lanes);
        Assert.True(float.IsNaN(lanes[0]));
        LaneMath<T>.Tanh(T.Create(float.NaN), LaneMath<T>.Lowest, LaneMath<T>.Highest, T.Create(1)).Store(lanes);
        Assert.True(float.IsNaN(lanes[0]));
    }

    // As the cells write them: fractions of powers, two or three of which are computed side by side.
    private static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1), power = x * T.Create(-LaneMath<T>.LogTwoOfE), other = T.Create(100), third = T.Create(-100);
        LaneMath<T>.PowersOfTwo(ref other, ref third, ref power, LaneMath<T>.Lowest, LaneMath<T>.Highest, one);
        return one / (one + power);
    }

    private static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T power = x * T.Create(LaneMath<T>.LogTwoOfE), inverse = x * T.Create(-LaneMath<T>.LogTwoOfE);
        LaneMath<T>.PowersOfTwo(ref power, ref inverse, LaneMath<T>.Lowest, LaneMath<T>.Highest, T.Create(1));
        return (power - inverse) / (power + inverse);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
