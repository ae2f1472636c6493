namespace Rnn.MLNet.Kernels;

/// <summary>
/// A SIMD vector of float32 values in one CPU register. Kernels are generic in this interface and compiled separately for each width.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of values in a register.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    /// <summary>Returns a vector with the same value in every lane.</summary>
    static abstract TSelf Create(float value);

    void Store(float* target);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>
    /// Returns <paramref name="left"/> × <paramref name="right"/> + <paramref name="addend"/>, rounded once if the processor has such an instruction.
    /// </summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// Adds <paramref name="left"/> × <paramref name="right"/> to this vector, rounded as by <see cref="MultiplyAdd"/>. For sums that stay in registers: the
    /// instruction overwrites one of its operands, and only for a variable that is changed in place does the JIT choose the sum, which needs no copy.
    /// It names the instruction itself: .NET 8 knows it by no other name, and inlines no more calls into a tile, which would be five times as slow.
    /// </summary>
    void AddProduct(TSelf left, TSelf right);

    /// <summary>The same with a factor in memory, which the instruction itself loads.</summary>
    void AddProduct(TSelf left, float* right);

    /// <summary>Returns the sum of all values.</summary>
    float Sum();

    /// <summary>Clamps each value to the bounds. NaN remains NaN.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf lower, TSelf upper);

    /// <summary>Returns this vector where the magnitude of another is less than a bound, and 0 elsewhere.</summary>
    TSelf WhereInside(TSelf other, TSelf bound);

    /// <summary>Returns this vector where another is positive or NaN, and 0 elsewhere.</summary>
    TSelf WherePositive(TSelf other);

    /// <summary>Returns <paramref name="value"/> × 2ⁿ.</summary>
    /// <param name="value">Values close to 1.</param>
    /// <param name="exponent">n + 1.5 × 2²³ for integers n from -126 to 126. At this magnitude the lowest bits of the mantissa are n.</param>
    static abstract TSelf TimesPowerOfTwo(TSelf value, TSelf exponent);
}
