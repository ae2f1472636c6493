using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>A layer of a network, which runs a cell over the sequence forward and, if the network is bidirectional, also backward.</summary>
/// <param name="cell">Runs the cell in one direction.</param>
/// <param name="directions">The weights of each direction, forward first.</param>
internal sealed class RecurrentLayer(IRecurrence cell, IReadOnlyList<CellWeights> directions)
{
    /// <summary>The weights of each direction, forward first.</summary>
    public IReadOnlyList<CellWeights> Directions => directions;

    /// <summary>Runs the layer.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="pass">The settings of the forward pass.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step. Returning only the final state can be faster.</param>
    public LayerOutput Run(LayerInput input, ForwardPass pass, bool everyStep)
    {
        var inputs = input.Inputs.to(cell.AllowsReducedPrecision ? pass.RecurrentType : ScalarType.Float32);
        var forward = Run(inputs, direction: 0);
        if (directions.Count == 1)
        {
            return new LayerOutput(forward.Outputs, new LayerState(forward.FinalState));
        }

        var backward = Run(inputs.flip(1), direction: 1);
        return new LayerOutput(
            everyStep ? cat([forward.Outputs!, backward.Outputs!.flip(1)], -1) : null,
            new LayerState(forward.FinalState, backward.FinalState));

        RecurrenceOutput Run(Tensor sequences, int direction) => cell.Run(
            new RecurrenceInput(sequences, input.Lengths, input.InitialState?.Directions[direction]),
            directions[direction].To(inputs.dtype), pass.DropoutGenerator, everyStep);
    }
}
