using System.Numerics;
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
    /// Draws a mask. It is drawn on the CPU because TorchSharp's generators are CPU generators even if created for another device, and from uniform
    /// numbers, which libtorch draws in half the time of its Bernoulli numbers.
    /// </summary>
    /// <param name="shape">The shape of the mask.</param>
    /// <param name="keepProbability">The probability that a value is kept.</param>
    /// <param name="generator">The generator of this forward pass, because libtorch's default generator is shared by all threads.</param>
    /// <param name="values">The values to be masked, which determine the type and the device of the mask.</param>
    public static Tensor Draw(long[] shape, double keepProbability, Generator generator, Tensor values)
    {
        var mask = empty(shape, ScalarType.Float32, CPU).uniform_(0, 1, generator);
        Decide(mask, (float)keepProbability);
        return mask.to(values.dtype).to(values.device);
    }

    /// <summary>Replaces uniform numbers from 0 to 1 by what their values are multiplied by.</summary>
    private static unsafe void Decide(Tensor uniform, float keepProbability)
    {
        var numbers = TensorMemory.Address(uniform);
        var count = uniform.NumberOfElements;
        var factor = 1 / keepProbability;
        Vector<float> bound = new(keepProbability), factors = new(factor);
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.ConditionalSelect(Vector.LessThan(Vector.Load(numbers + i), bound), factors, Vector<float>.Zero), numbers + i);
        }

        for (; i < count; i++)
        {
            numbers[i] = numbers[i] < keepProbability ? factor : 0;
        }

        GC.KeepAlive(uniform);
    }
}
