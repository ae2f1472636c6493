using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>What a recurrence runs over.</summary>
/// <param name="Inputs"><c>[batch, time, inputs]</c>.</param>
/// <param name="Lengths">
/// How many time steps of each row count, <c>[batch]</c>; null where all do. Nothing gives lengths yet: always null.
/// </param>
/// <param name="InitialState">The state before the first step; null for zeros. Nothing gives one yet: always null.</param>
internal readonly record struct RecurrenceInput(Tensor Inputs, Tensor? Lengths = null, CellState? InitialState = null)
{
    /// <summary>The inputs, for an engine that knows neither lengths nor initial states.</summary>
    /// <exception cref="NotSupportedException">There are lengths or an initial state.</exception>
    public Tensor WithoutLengthsOrState() => this is { Lengths: null, InitialState: null }
        ? Inputs
        : throw new NotSupportedException("This cell runs over whole sequences from a zero state only: lengths and initial states are not supported yet.");
}

/// <summary>The state of a cell between two time steps.</summary>
/// <param name="Output">h, <c>[batch, outputs]</c>.</param>
/// <param name="Cell">c, <c>[batch, units]</c>; null for a cell that has none. No engine gives it yet: always null.</param>
internal readonly record struct CellState(Tensor Output, Tensor? Cell = null);
