using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Thirty-two float32 values in two registers of AVX-512, which has enough registers to use them in pairs: a tile of six rows by two pairs reads each value
/// once for four multiply-adds, and each loop over a row half as often.
/// </summary>
internal unsafe struct Lanes1024(Vector512<float> low, Vector512<float> high) : ILanes<Lanes1024>
{
    // Explicit fields instead of the captured parameters, see Lanes512.
    private Vector512<float> _low = low, _high = high;

    public static int Count => 2 * Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 Load(float* source) => new(Vector512.Load(source), Vector512.Load(source + Vector512<float>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 Create(float value)
    {
        var both = Vector512.Create(value);
        return new(both, both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* target)
    {
        _low.Store(target);
        _high.Store(target + Vector512<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 operator +(Lanes1024 left, Lanes1024 right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 operator -(Lanes1024 left, Lanes1024 right) => new(left._low - right._low, left._high - right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 operator *(Lanes1024 left, Lanes1024 right) => new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 operator /(Lanes1024 left, Lanes1024 right) => new(left._low / right._low, left._high / right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 MultiplyAdd(Lanes1024 left, Lanes1024 right, Lanes1024 addend) => new(
        Vector512.FusedMultiplyAdd(left._low, right._low, addend._low), Vector512.FusedMultiplyAdd(left._high, right._high, addend._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Lanes1024 left, Lanes1024 right)
    {
        if (Avx512F.IsSupported)
        {
            _low = Avx512F.FusedMultiplyAdd(left._low, right._low, _low);
            _high = Avx512F.FusedMultiplyAdd(left._high, right._high, _high);
        }
        else
        {
            _low = Vector512.FusedMultiplyAdd(left._low, right._low, _low);
            _high = Vector512.FusedMultiplyAdd(left._high, right._high, _high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Lanes1024 left, float* right)
    {
        if (Avx512F.IsSupported)
        {
            _low = Avx512F.FusedMultiplyAdd(left._low, Vector512.Load(right), _low);
            _high = Avx512F.FusedMultiplyAdd(left._high, Vector512.Load(right + Vector512<float>.Count), _high);
        }
        else
        {
            _low = Vector512.FusedMultiplyAdd(left._low, Vector512.Load(right), _low);
            _high = Vector512.FusedMultiplyAdd(left._high, Vector512.Load(right + Vector512<float>.Count), _high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Sum() => Vector512.Sum(_low + _high);

    // If one operand is NaN, the CPU instruction returns the second operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 Clamp(Lanes1024 value, Lanes1024 lower, Lanes1024 upper) => new(
        Vector512.MinNative(upper._low, Vector512.MaxNative(lower._low, value._low)),
        Vector512.MinNative(upper._high, Vector512.MaxNative(lower._high, value._high)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Lanes1024 WhereInside(Lanes1024 other, Lanes1024 bound) => new(
        Vector512.LessThan(Vector512.Abs(other._low), bound._low) & _low, Vector512.LessThan(Vector512.Abs(other._high), bound._high) & _high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Lanes1024 WherePositive(Lanes1024 other) => new(
        Vector512.AndNot(_low, Vector512.LessThanOrEqual(other._low, Vector512<float>.Zero)),
        Vector512.AndNot(_high, Vector512.LessThanOrEqual(other._high, Vector512<float>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1024 TimesPowerOfTwo(Lanes1024 value, Lanes1024 exponent) => new(
        (value._low.AsInt32() + Vector512.ShiftLeft(exponent._low.AsInt32(), 23)).AsSingle(),
        (value._high.AsInt32() + Vector512.ShiftLeft(exponent._high.AsInt32(), 23)).AsSingle());
}
