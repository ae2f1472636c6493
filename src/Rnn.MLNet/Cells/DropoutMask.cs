using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>What a dropout multiplies with: zeros, and elsewhere what keeps the mean (Srivastava et al., 2014).</summary>
internal static class DropoutMask
{
    /// <summary>Draws on the processor, where TorchSharp's generators are, whatever device they were made for.</summary>
    /// <param name="shape">The mask's shape.</param>
    /// <param name="keepProbability">Probability of what is not zero.</param>
    /// <param name="generator">The pass's own generator: libtorch's is shared by all threads.</param>
    /// <param name="values">Gives the mask its type and device.</param>
    public static Tensor Draw(long[] shape, double keepProbability, Generator generator, Tensor values)
    {
        using var scale = keepProbability.ToScalar();
        return empty(shape, values.dtype, CPU).bernoulli_(keepProbability, generator).div_(scale).to(values.device);
    }
}
