using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>
/// The update rule of an optimiser, in two implementations: one for vector registers of the processor, which takes a single pass over the
/// memory, and one of libtorch's operations, for tensors on any device.
/// </summary>
internal unsafe interface IStepRule
{
    /// <summary>Updates as many weights as a <see cref="System.Numerics.Vector{T}"/> holds, in place.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">The first vector of their state; not accessed by a rule without state.</param>
    /// <param name="second">The second vector of their state; not accessed by a rule with fewer than two.</param>
    void Move(float* weights, float* gradient, float* first, float* second);

    /// <summary>Updates the weights and the state in place. The gradient is overwritten.</summary>
    void Move(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> state);
}
