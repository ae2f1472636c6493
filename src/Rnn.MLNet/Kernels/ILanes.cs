namespace Rnn.MLNet.Kernels;

/// <summary>
/// Some float32 numbers in one register of the processor, computed with at once. Kernels are written against this and
/// compiled once for each width.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many numbers a register holds.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Create(float value);

    void Store(float* target);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><paramref name="left"/> × <paramref name="right"/> + <paramref name="addend"/>, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Within the bounds; NaN stays NaN.</summary>
    static abstract TSelf Clamp(TSelf value, TSelf lower, TSelf upper);

    /// <summary><paramref name="value"/> × 2ⁿ.</summary>
    /// <param name="value">Numbers near 1.</param>
    /// <param name="exponent">Whole numbers n, from -126 to 126, plus 1.5 × 2²³: so large a number's last bits are n.</param>
    static abstract TSelf TimesPowerOfTwo(TSelf value, TSelf exponent);
}
