using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>Each operation on registers, lane by lane, in all widths.</summary>
public sealed unsafe class LanesTests
{
    [Fact]
    public void Every_lane_is_computed_by_itself()
    {
        Check<Lanes128>(4);
        Check<Lanes256>(8);
        Check<Lanes512>(16);
        Check<Lanes1024>(32);
    }

    private static void Check<T>(int count)
        where T : struct, ILanes<T>
    {
        Assert.Equal(count, T.Count);
        float[] a = [.. Enumerable.Range(1, count).Select(i => i * 0.75f)], b = [.. Enumerable.Range(1, count).Select(i => 3f - i)], c = [.. Enumerable.Range(1, count).Select(i => i * 10f)];
        fixed (float* x = a, y = b, z = c)
        {
            T left = T.Load(x), right = T.Load(y), third = T.Load(z);
            AssertLanes(i => a[i] + b[i], left + right);
            AssertLanes(i => a[i] - b[i], left - right);
            AssertLanes(i => a[i] * b[i], left * right);
            AssertLanes(i => a[i] / c[i], left / third);
            AssertLanes(i => MathF.FusedMultiplyAdd(a[i], b[i], c[i]), T.MultiplyAdd(left, right, third));
            AssertLanes(i => MathF.FusedMultiplyAdd(a[i], b[i], c[i]), WithProduct(third, left, y));
            AssertLanes(i => MathF.FusedMultiplyAdd(a[i], b[i], c[i]), WithProduct(third, left, right));
            AssertLanes(_ => 1.5f, T.Create(1.5f));
            AssertLanes(i => Math.Clamp(b[i], -2, 1.5f), T.Clamp(right, T.Create(-2), T.Create(1.5f)));
            AssertLanes(_ => float.NaN, T.Clamp(T.Create(float.NaN), T.Create(-2), T.Create(1.5f)));
            AssertLanes(i => b[i] > 0 ? a[i] : 0, left.WherePositive(right));
            AssertLanes(_ => 2.5f, T.Create(2.5f).WherePositive(T.Create(float.NaN)));
            AssertLanes(_ => float.NaN, T.Create(float.NaN).WherePositive(T.Create(float.NaN)));
            AssertLanes(_ => 0, T.Create(float.NaN).WherePositive(T.Create(-0f)));
            // Rounded once: the product alone would lose its last bit. The narrowest lanes do without where there is no such instruction.
            AssertLanes(_ => count == 4 && !Fma.IsSupported && !AdvSimd.IsSupported ? 0 : MathF.Pow(2, -24), T.MultiplyAdd(T.Create(1 + MathF.Pow(2, -12)), T.Create(1 + MathF.Pow(2, -12)), T.Create(-1 - MathF.Pow(2, -11))));
            foreach (var exponent in (int[])[-126, -1, 0, 1, 126])
            {
                AssertLanes(_ => 1.25f * MathF.Pow(2, exponent), T.TimesPowerOfTwo(T.Create(1.25f), T.Create(1.5f * (1 << 23) + exponent)));
            }
        }
    }

    private static T WithProduct<T>(T sum, T left, T right)
        where T : struct, ILanes<T>
    {
        sum.AddProduct(left, right);
        return sum;
    }

    private static T WithProduct<T>(T sum, T left, float* right)
        where T : struct, ILanes<T>
    {
        sum.AddProduct(left, right);
        return sum;
    }

    private static void AssertLanes<T>(Func<int, float> expected, T actual)
        where T : struct, ILanes<T>
    {
        var lanes = new float[T.Count];
        fixed (float* target = lanes)
        {
            actual.Store(target);
        }

        Assert.Equal(Enumerable.Range(0, T.Count).Select(expected), lanes);
    }
}
