using System.Runtime.Intrinsics;
using Rnn.MLNet.Cells;
using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>A layer of a network, which runs a cell over the sequence forward and, if the network is bidirectional, also backward.</summary>
/// <param name="cell">Runs the cell in one direction.</param>
/// <param name="directions">The weights of each direction, forward first.</param>
internal sealed class RecurrentLayer(IRecurrence cell, IReadOnlyList<CellWeights> directions) : IDisposable
{
    /// <summary>The memory of each direction in training, kept from minibatch to minibatch.</summary>
    private readonly CellRun?[] _runs = new CellRun?[directions.Count];

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

        RecurrenceOutput Run(Tensor sequences, int direction)
        {
            var masks = cell.Masks(sequences, pass.DropoutGenerator);
            var recurrence = new RecurrenceInput(sequences, input.Lengths, input.InitialState?.Directions[direction]);
            if (!KernelEngine.Supports(sequences))
            {
                return cell.Run(recurrence, directions[direction].To(inputs.dtype), masks, everyStep);
            }

            Tensor[] weights = [.. directions[direction].All.Select(weight => weight.Value)];
            if (is_grad_enabled())
            {
                return RecurrenceOutput.Of(KernelEngine.Run(RunFor(direction, (int)sequences.shape[2]), recurrence.WithoutLengthsOrState(), weights, masks, everyStep), everyStep);
            }

            // Several threads may run a network at the same time.
            using var run = new CellRun(Step((int)sequences.shape[2]), keepsSteps: false);
            return RecurrenceOutput.Of(KernelEngine.Run(run, recurrence.WithoutLengthsOrState(), weights, masks, everyStep), everyStep);
        }
    }

    /// <summary>Frees the memory of training.</summary>
    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run?.Dispose();
        }
    }

    private CellRun RunFor(int direction, int inputSize)
    {
        // A run that is still to be differentiated keeps its memory.
        if (_runs[direction] is not { IsPending: false } run)
        {
            run = new CellRun(Step(inputSize), keepsSteps: true);
            _runs[direction] = run;
        }

        return run;
    }

    private ICellStep Step(int inputSize) =>
        !Vector512.IsHardwareAccelerated ? cell.Step<Lanes256>(inputSize)
        : PanelWidth.SuitsPairs(cell.OutputSize) ? cell.Step<Lanes1024>(inputSize)
        : cell.Step<Lanes512>(inputSize);
}
