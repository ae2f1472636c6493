using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The mask by which dropout multiplies values: 0 where a value is dropped, otherwise 1 / keep probability, which preserves the mean
/// (Srivastava et al., 2014).
/// </summary>
internal static class DropoutMask
{
    /// <summary>Draws a mask. It is drawn on the CPU because TorchSharp's generators are CPU generators even if created for another device.</summary>
    /// <param name="shape">The shape of the mask.</param>
    /// <param name="keepProbability">The probability that a value is kept.</param>
    /// <param name="generator">The generator of this forward pass, because libtorch's default generator is shared by all threads.</param>
    /// <param name="values">The values to be masked, which determine the type and the device of the mask.</param>
    public static Tensor Draw(long[] shape, double keepProbability, Generator generator, Tensor values)
    {
        using var scale = keepProbability.ToScalar();
        return empty(shape, values.dtype, CPU).bernoulli_(keepProbability, generator).div_(scale).to(values.device);
    }
}
