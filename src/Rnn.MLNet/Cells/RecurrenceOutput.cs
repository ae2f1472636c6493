using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>The output of a recurrence.</summary>
/// <param name="Outputs">The outputs of every time step, <c>[batch, time, outputs]</c>; null if only the final state was requested.</param>
/// <param name="FinalState">The state after the last time step.</param>
internal readonly record struct RecurrenceOutput(Tensor? Outputs, CellState FinalState)
{
    /// <summary>Creates the output from the result of an engine that returns either the outputs of every time step or the last one.</summary>
    /// <param name="result">The outputs, <c>[batch, time, outputs]</c>, or the last output, <c>[batch, outputs]</c>.</param>
    /// <param name="everyStep">Whether <paramref name="result"/> has the outputs of every time step.</param>
    public static RecurrenceOutput Of(Tensor result, bool everyStep) =>
        everyStep ? new(result, new CellState(result.select(1, -1))) : new(null, new CellState(result));
}
