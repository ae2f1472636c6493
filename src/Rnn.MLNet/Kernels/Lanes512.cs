using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet.Kernels;

/// <summary>Sixteen float32 values, with AVX-512.</summary>
internal unsafe struct Lanes512(Vector512<float> lanes) : ILanes<Lanes512>
{
    // An explicit field instead of the captured parameter: the JIT keeps only a struct with one plain field in a register.
    private Vector512<float> _lanes = lanes;

    public static int Count => Vector512<float>.Count;

    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    public readonly void Store(float* target) => _lanes.Store(target);

    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._lanes + right._lanes);

    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._lanes - right._lanes);

    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._lanes * right._lanes);

    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._lanes / right._lanes);

    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.FusedMultiplyAdd(left._lanes, right._lanes, addend._lanes));

    public void AddProduct(Lanes512 left, Lanes512 right)
    {
        if (Avx512F.IsSupported)
        {
            _lanes = Avx512F.FusedMultiplyAdd(left._lanes, right._lanes, _lanes);
        }
        else
        {
            _lanes = Vector512.FusedMultiplyAdd(left._lanes, right._lanes, _lanes);
        }
    }

    public void AddProduct(Lanes512 left, float* right)
    {
        if (Avx512F.IsSupported)
        {
            _lanes = Avx512F.FusedMultiplyAdd(left._lanes, Vector512.Load(right), _lanes);
        }
        else
        {
            _lanes = Vector512.FusedMultiplyAdd(left._lanes, Vector512.Load(right), _lanes);
        }
    }

    public readonly float Sum() => Vector512.Sum(_lanes);

    // If one operand is NaN, the CPU instruction returns the second operand.
    public static Lanes512 Clamp(Lanes512 value, Lanes512 lower, Lanes512 upper) =>
        new(Vector512.MinNative(upper._lanes, Vector512.MaxNative(lower._lanes, value._lanes)));

    public readonly Lanes512 WhereInside(Lanes512 other, Lanes512 bound) =>
        new(Vector512.LessThan(Vector512.Abs(other._lanes), bound._lanes) & _lanes);

    public readonly Lanes512 WherePositive(Lanes512 other) =>
        new(Vector512.AndNot(_lanes, Vector512.LessThanOrEqual(other._lanes, Vector512<float>.Zero)));

    public static Lanes512 TimesPowerOfTwo(Lanes512 value, Lanes512 exponent) =>
        new((value._lanes.AsInt32() + Vector512.ShiftLeft(exponent._lanes.AsInt32(), 23)).AsSingle());
}
