using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>The weights of a run of <see cref="KernelEngine{TCell}"/>.</summary>
/// <param name="Kernel">The weights of the inputs, <c>[gates × units, inputs]</c>.</param>
/// <param name="RecurrentKernel">The weights of the state, <c>[gates × units, units]</c>.</param>
/// <param name="Bias">The bias of the inputs' product, <c>[gates × units]</c>.</param>
/// <param name="RecurrentBias">The bias of the state's product, <c>[gates × units]</c>; null for none.</param>
internal readonly record struct KernelWeights(Tensor Kernel, Tensor RecurrentKernel, Tensor Bias, Tensor? RecurrentBias = null)
{
    /// <summary>Returns the weights as an array, in which form they are passed to autograd.</summary>
    public Tensor[] ToArray() => RecurrentBias is null ? [Kernel, RecurrentKernel, Bias] : [Kernel, RecurrentKernel, Bias, RecurrentBias];

    /// <summary>Converts the result of <see cref="ToArray"/> back.</summary>
    public static KernelWeights Of(ReadOnlySpan<Tensor> tensors) =>
        new(tensors[0], tensors[1], tensors[2], tensors.Length > 3 ? tensors[3] : null);
}
