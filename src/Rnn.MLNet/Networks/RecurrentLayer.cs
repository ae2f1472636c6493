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
    /// <returns>
    /// The outputs of every step in the input's order, <c>[batch, time, outputs × directions]</c>, and each direction's
    /// own last output, <c>[batch, outputs × directions]</c>.
    /// </returns>
    public (Tensor Outputs, Tensor Final) Run(Tensor inputs, ForwardPass pass)
    {
        inputs = inputs.to(cell.AllowsReducedPrecision ? pass.RecurrentType : ScalarType.Float32);
        var (outputs, final) = cell.Run(inputs, Cast(forward, inputs.dtype), pass.DropoutGenerator);
        if (backward is null)
        {
            return (outputs, final);
        }

        var (reversed, backwardFinal) = cell.Run(inputs.flip(1), Cast(backward, inputs.dtype), pass.DropoutGenerator);
        return (cat([outputs, reversed.flip(1)], -1), cat([final, backwardFinal], -1));
    }

    /// <summary>A differentiable cast: gradients arrive at the float32 weights.</summary>
    private static IReadOnlyList<Tensor> Cast(IReadOnlyList<Tensor> weights, ScalarType type) =>
        type == ScalarType.Float32 ? weights : [.. weights.Select(weight => weight.to(type))];
}
