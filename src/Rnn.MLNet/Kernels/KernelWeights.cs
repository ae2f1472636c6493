using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>The weights that a <see cref="KernelEngine{TCell}"/> runs with.</summary>
/// <param name="Kernel"><c>[gates × units, inputs]</c>.</param>
/// <param name="RecurrentKernel"><c>[gates × units, units]</c>.</param>
/// <param name="Bias"><c>[gates × units]</c>.</param>
/// <param name="RecurrentBias"><c>[gates × units]</c>; null for none.</param>
internal readonly record struct KernelWeights(Tensor Kernel, Tensor RecurrentKernel, Tensor Bias, Tensor? RecurrentBias = null)
{
    /// <summary>One after the other, as libtorch's differentiation takes them.</summary>
    public Tensor[] ToArray() => RecurrentBias is null ? [Kernel, RecurrentKernel, Bias] : [Kernel, RecurrentKernel, Bias, RecurrentBias];

    /// <summary>From what <see cref="ToArray"/> gave.</summary>
    public static KernelWeights Of(ReadOnlySpan<Tensor> tensors) =>
        new(tensors[0], tensors[1], tensors[2], tensors.Length > 3 ? tensors[3] : null);
}
