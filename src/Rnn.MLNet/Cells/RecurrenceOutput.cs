using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>What a recurrence gives.</summary>
/// <param name="Outputs">Of every step, <c>[batch, time, outputs]</c>; null where the final state alone was asked for.</param>
/// <param name="FinalState">The state after the last step.</param>
internal readonly record struct RecurrenceOutput(Tensor? Outputs, CellState FinalState)
{
    /// <summary>Of an engine that gives either the outputs of every step or the last one.</summary>
    /// <param name="result"><c>[batch, time, outputs]</c> or <c>[batch, outputs]</c>.</param>
    /// <param name="everyStep">Whether it is every step's.</param>
    public static RecurrenceOutput Of(Tensor result, bool everyStep) =>
        everyStep ? new(result, new CellState(result.select(1, -1))) : new(null, new CellState(result));
}
