using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The mask by which dropout multiplies values: 0 where a value is dropped, otherwise 1 / keep probability, which preserves the mean
/// (Srivastava et al., 2014).
/// </summary>
internal static class DropoutMask
{
    /// <summary>
    /// Draws a mask. It is drawn on the CPU because TorchSharp's generators are CPU generators even if created for another device, and by
    /// <see cref="RandomBits"/>, since libtorch draws its numbers one by one, which takes several times as long.
    /// </summary>
    /// <param name="shape">The shape of the mask.</param>
    /// <param name="keepProbability">The probability that a value is kept.</param>
    /// <param name="generator">The generator of this forward pass, because libtorch's default generator is shared by all threads.</param>
    /// <param name="values">The values to be masked, which determine the type and the device of the mask.</param>
    public static Tensor Draw(long[] shape, double keepProbability, Generator generator, Tensor values)
    {
        var mask = empty(shape, ScalarType.Float32, CPU);
        Fill(mask, keepProbability, RandomBits.From(generator));
        return mask.to(values.dtype).to(values.device);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Fill(Tensor mask, double keepProbability, RandomBits random)
    {
        var values = new Span<float>(TensorMemory.Address(mask), checked((int)mask.NumberOfElements));
        // Of the 2³² numbers, those up to this one are kept: all with a probability of 1.
        var bound = Vector256.Create((uint)Math.Clamp(keepProbability * (1L << 32) - 1, 0, uint.MaxValue));
        var kept = Vector256.Create((float)(1 / keepProbability));
        while (values.Length >= Vector256<float>.Count)
        {
            Keep(random.Next()).CopyTo(values);
            values = values[Vector256<float>.Count..];
        }

        var last = Keep(random.Next());
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = last[i];
        }

        GC.KeepAlive(mask);

        Vector256<float> Keep(Vector256<uint> numbers) => Vector256.LessThanOrEqual(numbers, bound).AsSingle() & kept;
    }
}
