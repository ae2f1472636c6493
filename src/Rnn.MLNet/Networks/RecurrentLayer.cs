using Rnn.MLNet.Cells;
using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>A layer of a network, which runs a cell over the sequence forward and, if the network is bidirectional, also backward.</summary>
/// <param name="cell">Runs the cell in one direction.</param>
/// <param name="directions">The weights of each direction, forward first.</param>
internal sealed class RecurrentLayer(IRecurrence cell, IReadOnlyList<CellWeights> directions)
{
    /// <summary>Runs the cell in one direction.</summary>
    public IRecurrence Cell => cell;

    /// <summary>The weights of each direction, forward first.</summary>
    public IReadOnlyList<CellWeights> Directions => directions;

    /// <summary>Runs the layer.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="pass">The settings of the forward pass.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step. Returning only the final state can be faster.</param>
    /// <param name="runs">
    /// The kernels' memory of each direction, with which <see cref="LayerGradient"/> differentiates; null if libtorch differentiates, or nothing does.
    /// </param>
    public LayerOutput Run(LayerInput input, ForwardPass pass, bool everyStep, IReadOnlyList<CellRun>? runs = null)
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

        RecurrenceOutput Run(Tensor sequences, int direction)
        {
            var masks = cell.Masks(sequences, pass.DropoutGenerator);
            var recurrence = new RecurrenceInput(sequences, input.Lengths, input.InitialState?.Directions[direction]);
            if (runs is null && (is_grad_enabled() || !KernelEngine.Supports(sequences.device_type, sequences.dtype)))
            {
                return cell.Run(recurrence, directions[direction].To(inputs.dtype), masks, everyStep);
            }

            // Several threads may run a network at the same time.
            using var temporary = runs is null ? new CellRun(KernelEngine.Step(cell, (int)sequences.shape[2]), keepsSteps: false) : null;
            var run = runs?[direction] ?? temporary!;
            return RecurrenceOutput.Of(run.Forward(directions[direction].Tensors, recurrence.WithoutLengthsOrState(), masks, everyStep), everyStep);
        }
    }
}
