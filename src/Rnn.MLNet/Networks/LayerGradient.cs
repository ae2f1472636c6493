using Rnn.MLNet.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>The backward pass of a <see cref="RecurrentLayer"/> that was run with the library's own kernels.</summary>
internal static class LayerGradient
{
    /// <summary>Differentiates the last run of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="runs">The memory of that run, by direction.</param>
    /// <param name="gradient">The gradient of the outputs, in their shape: <c>[batch, time, outputs × directions]</c>, or of the final state.</param>
    /// <param name="everyStep">Whether the outputs of every time step were returned.</param>
    /// <param name="weights">Receive the gradients of each direction's weights.</param>
    /// <param name="ofInputs">Whether the gradient of the inputs is needed.</param>
    /// <returns>The gradient of the inputs, <c>[batch, time, inputs]</c>; null if it is not needed.</returns>
    public static Tensor? Compute(
        RecurrentLayer layer, IReadOnlyList<CellRun> runs, Tensor gradient, bool everyStep, IReadOnlyList<IReadOnlyList<Tensor>> weights, bool ofInputs)
    {
        if (runs.Count == 1)
        {
            return Of(0, gradient);
        }

        var size = layer.Cell.OutputSize;
        var later = gradient.narrow(-1, size, size);
        var forward = Of(0, gradient.narrow(-1, 0, size));
        // The backward direction ran over the sequence in reverse.
        var backward = Of(1, everyStep ? later.flip(1) : later);
        using var once = 1.ToScalar();
        return forward?.add_(backward!.flip(1), once);

        Tensor? Of(int direction, Tensor outputs) =>
            runs[direction].Backward(layer.Directions[direction].Tensors, outputs, everyStep, weights[direction], ofInputs);
    }
}
