using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet.Kernels;

/// <summary>Eight float32 values, with AVX2 and FMA.</summary>
internal unsafe struct Lanes256(Vector256<float> lanes) : ILanes<Lanes256>
{
    // An explicit field instead of the captured parameter: the JIT keeps only a struct with one plain field in a register.
    private Vector256<float> _lanes = lanes;

    public static int Count => Vector256<float>.Count;

    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    public readonly void Store(float* target) => _lanes.Store(target);

    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._lanes + right._lanes);

    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._lanes - right._lanes);

    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._lanes * right._lanes);

    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._lanes / right._lanes);

    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.FusedMultiplyAdd(left._lanes, right._lanes, addend._lanes));

    public void AddProduct(Lanes256 left, Lanes256 right)
    {
        if (Fma.IsSupported)
        {
            _lanes = Fma.MultiplyAdd(left._lanes, right._lanes, _lanes);
        }
        else
        {
            _lanes = Vector256.FusedMultiplyAdd(left._lanes, right._lanes, _lanes);
        }
    }

    public void AddProduct(Lanes256 left, float* right)
    {
        if (Fma.IsSupported)
        {
            _lanes = Fma.MultiplyAdd(left._lanes, Vector256.Load(right), _lanes);
        }
        else
        {
            _lanes = Vector256.FusedMultiplyAdd(left._lanes, Vector256.Load(right), _lanes);
        }
    }

    public readonly float Sum() => Vector256.Sum(_lanes);

    // If one operand is NaN, the CPU instruction returns the second operand.
    public static Lanes256 Clamp(Lanes256 value, Lanes256 lower, Lanes256 upper) =>
        new(Vector256.MinNative(upper._lanes, Vector256.MaxNative(lower._lanes, value._lanes)));

    public readonly Lanes256 WhereInside(Lanes256 other, Lanes256 bound) =>
        new(Vector256.LessThan(Vector256.Abs(other._lanes), bound._lanes) & _lanes);

    public readonly Lanes256 WherePositive(Lanes256 other) =>
        new(Vector256.AndNot(_lanes, Vector256.LessThanOrEqual(other._lanes, Vector256<float>.Zero)));

    public static Lanes256 TimesPowerOfTwo(Lanes256 value, Lanes256 exponent) =>
        new((value._lanes.AsInt32() + Vector256.ShiftLeft(exponent._lanes.AsInt32(), 23)).AsSingle());
}
