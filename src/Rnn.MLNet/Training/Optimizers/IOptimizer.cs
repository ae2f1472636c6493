using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Updates the weights of a network by its gradient, and keeps the state that depends on earlier gradients.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>The number of steps so far. It and <see cref="State"/> are all that a checkpoint needs to restore.</summary>
    long Steps { get; set; }

    /// <summary>The vectors of the state, each float32, as long as the vector of the weights and on the same device.</summary>
    IReadOnlyList<Tensor> State { get; }

    /// <summary>Takes one step. The gradient may be overwritten.</summary>
    void Step(Tensor gradient, double learningRate);
}
