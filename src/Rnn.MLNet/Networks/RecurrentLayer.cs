using Rnn.MLNet.Cells;

using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>One layer of a network: a cell that runs over the sequence forward and, if the network is bidirectional, backward.</summary>
internal sealed class RecurrentLayer(IRecurrentCell cell, IReadOnlyList<Tensor> forward, IReadOnlyList<Tensor>? backward)
{
    /// <summary>The weights of the forward direction, in the cell's order.</summary>
    public IReadOnlyList<Tensor> Forward => forward;

    /// <summary>The weights of the backward direction; null in a network of one direction.</summary>
    public IReadOnlyList<Tensor>? Backward => backward;

    /// <summary>The weights of each direction, forward first.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> Directions => backward is null ? [forward] : [forward, backward];

    /// <summary>Runs the layer.</summary>
    /// <param name="inputs"><c>[batch, time, inputs]</c>.</param>
    /// <param name="pass">Training or scoring, and the precision.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise each direction's own last one.</param>
    /// <returns>
    /// The outputs of every step in the input's order, <c>[batch, time, outputs × directions]</c>, or the last ones,
    /// <c>[batch, outputs × directions]</c>.
    /// </returns>
    public Tensor Run(Tensor inputs, ForwardPass pass, bool everyStep)
    {
        inputs = inputs.to(cell.AllowsReducedPrecision ? pass.RecurrentType : ScalarType.Float32);
        var ahead = cell.Run(inputs, Cast(forward, inputs.dtype), pass.DropoutGenerator, everyStep);
        if (backward is null)
        {
            return ahead;
        }

        var back = cell.Run(inputs.flip(1), Cast(backward, inputs.dtype), pass.DropoutGenerator, everyStep);
        return cat([ahead, everyStep ? back.flip(1) : back], -1);
    }

    /// <summary>A differentiable cast: gradients arrive at the float32 weights.</summary>
    private static IReadOnlyList<Tensor> Cast(IReadOnlyList<Tensor> weights, ScalarType type) =>
        type == ScalarType.Float32 ? weights : [.. weights.Select(weight => weight.to(type))];
}
