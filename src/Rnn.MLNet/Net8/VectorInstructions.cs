using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet;

/// <summary>
/// .NET 9's functions of vectors, by the instructions that they stand for, or what computes the same where a processor has none. Wide vectors are
/// then computed in halves.
/// </summary>
/// <remarks>
/// <c>MinNative</c> and <c>MaxNative</c> return the right operand if one of them is NaN or if both are zero; on ARM64 NaN if one of them is NaN,
/// and -0 is less than 0.
/// </remarks>
internal static class VectorInstructions
{
    extension(Vector128)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> MultiplyAddEstimate(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
            Fma.IsSupported || AdvSimd.IsSupported ? FusedMultiplyAdd(left, right, addend) : (left * right) + addend;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> MinNative(Vector128<float> left, Vector128<float> right) =>
            Sse.IsSupported ? Sse.Min(left, right)
            : AdvSimd.IsSupported ? AdvSimd.Min(left, right)
            : Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> MaxNative(Vector128<float> left, Vector128<float> right) =>
            Sse.IsSupported ? Sse.Max(left, right)
            : AdvSimd.IsSupported ? AdvSimd.Max(left, right)
            : Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
    }

    extension(Vector256)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> FusedMultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) => Fma.IsSupported
            ? Fma.MultiplyAdd(left, right, addend)
            : Vector256.Create(
                FusedMultiplyAdd(left.GetLower(), right.GetLower(), addend.GetLower()),
                FusedMultiplyAdd(left.GetUpper(), right.GetUpper(), addend.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> MinNative(Vector256<float> left, Vector256<float> right) => Avx.IsSupported
            ? Avx.Min(left, right)
            : Vector256.Create(Vector128.MinNative(left.GetLower(), right.GetLower()), Vector128.MinNative(left.GetUpper(), right.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> MaxNative(Vector256<float> left, Vector256<float> right) => Avx.IsSupported
            ? Avx.Max(left, right)
            : Vector256.Create(Vector128.MaxNative(left.GetLower(), right.GetLower()), Vector128.MaxNative(left.GetUpper(), right.GetUpper()));
    }

    extension(Vector512)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> FusedMultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) => Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(left, right, addend)
            : Vector512.Create(
                Vector256.FusedMultiplyAdd(left.GetLower(), right.GetLower(), addend.GetLower()),
                Vector256.FusedMultiplyAdd(left.GetUpper(), right.GetUpper(), addend.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MinNative(Vector512<float> left, Vector512<float> right) => Avx512F.IsSupported
            ? Avx512F.Min(left, right)
            : Vector512.Create(Vector256.MinNative(left.GetLower(), right.GetLower()), Vector256.MinNative(left.GetUpper(), right.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MaxNative(Vector512<float> left, Vector512<float> right) => Avx512F.IsSupported
            ? Avx512F.Max(left, right)
            : Vector512.Create(Vector256.MaxNative(left.GetLower(), right.GetLower()), Vector256.MaxNative(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FusedMultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Fma.IsSupported ? Fma.MultiplyAdd(left, right, addend)
        : AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(addend, left, right)
        : Vector128.Create(
            MathF.FusedMultiplyAdd(left[0], right[0], addend[0]), MathF.FusedMultiplyAdd(left[1], right[1], addend[1]),
            MathF.FusedMultiplyAdd(left[2], right[2], addend[2]), MathF.FusedMultiplyAdd(left[3], right[3], addend[3]));
}
