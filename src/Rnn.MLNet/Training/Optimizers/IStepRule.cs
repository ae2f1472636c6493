using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>
/// What one step does to weights, written twice: a register of the processor at a time, in one pass over the memory, and as operations
/// of libtorch for the tensors of any device.
/// </summary>
internal unsafe interface IStepRule
{
    /// <summary>Moves as many weights as a <see cref="System.Numerics.Vector{T}"/> holds.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">Their first state, for a rule that has one.</param>
    /// <param name="second">Their second state, for a rule that has one.</param>
    void Move(float* weights, float* gradient, float* first, float* second);

    /// <summary>Moves weights in place; the gradient is used up.</summary>
    void Move(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> state);
}
