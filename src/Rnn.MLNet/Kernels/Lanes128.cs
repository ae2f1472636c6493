using System.Runtime.Intrinsics;

namespace Rnn.MLNet.Kernels;

/// <summary>Four float32 values, for processors without AVX2, such as ARM64.</summary>
internal unsafe struct Lanes128(Vector128<float> lanes) : ILanes<Lanes128>
{
    // An explicit field instead of the captured parameter: the JIT keeps only a struct with one plain field in a register.
    private Vector128<float> _lanes = lanes;

    public static int Count => Vector128<float>.Count;

    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    public static Lanes128 Create(float value) => new(Vector128.Create(value));

    public readonly void Store(float* target) => _lanes.Store(target);

    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._lanes + right._lanes);

    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._lanes - right._lanes);

    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._lanes * right._lanes);

    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._lanes / right._lanes);

    // Without the instruction, a product that is rounded once would be computed by a function for each value.
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._lanes, right._lanes, addend._lanes));

    public void AddProduct(Lanes128 left, Lanes128 right) =>
        _lanes = Vector128.MultiplyAddEstimate(left._lanes, right._lanes, _lanes);

    public void AddProduct(Lanes128 left, float* right) =>
        _lanes = Vector128.MultiplyAddEstimate(left._lanes, Vector128.Load(right), _lanes);

    public readonly float Sum() => Vector128.Sum(_lanes);

    // If one operand is NaN, the instruction of x64 returns the second operand.
    public static Lanes128 Clamp(Lanes128 value, Lanes128 lower, Lanes128 upper) =>
        new(Vector128.MinNative(upper._lanes, Vector128.MaxNative(lower._lanes, value._lanes)));

    public readonly Lanes128 WhereInside(Lanes128 other, Lanes128 bound) =>
        new(Vector128.LessThan(Vector128.Abs(other._lanes), bound._lanes) & _lanes);

    public readonly Lanes128 WherePositive(Lanes128 other) =>
        new(Vector128.AndNot(_lanes, Vector128.LessThanOrEqual(other._lanes, Vector128<float>.Zero)));

    public static Lanes128 TimesPowerOfTwo(Lanes128 value, Lanes128 exponent) =>
        new((value._lanes.AsInt32() + Vector128.ShiftLeft(exponent._lanes.AsInt32(), 23)).AsSingle());
}
