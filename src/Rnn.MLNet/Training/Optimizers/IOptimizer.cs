using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Moves the weights of a network along a gradient, and remembers what it needs of the gradients before.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>Steps taken so far. With the <see cref="State"/> all that there is to be restored.</summary>
    long Steps { get; set; }

    /// <summary>One vector each, as long as that of the weights and on its device; float32.</summary>
    IReadOnlyList<Tensor> State { get; }

    /// <summary>Takes a step; the gradient may be used up.</summary>
    void Step(Tensor gradient, double learningRate);
}
