using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>One layer of a network: a cell that runs over the sequence forward and, if the network is bidirectional, backward.</summary>
/// <param name="cell">How the cell runs.</param>
/// <param name="directions">The weights of each direction, forward first.</param>
internal sealed class RecurrentLayer(IRecurrence cell, IReadOnlyList<CellWeights> directions)
{
    /// <summary>The weights of each direction, forward first.</summary>
    public IReadOnlyList<CellWeights> Directions => directions;

    /// <summary>Runs the layer.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="pass">Training or scoring, and the precision.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise the final state alone, which can cost less.</param>
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
