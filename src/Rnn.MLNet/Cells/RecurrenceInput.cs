using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>The input of a recurrence.</summary>
/// <param name="Inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
/// <param name="Lengths">The number of time steps of each row, <c>[batch]</c>; null for all. Not supported by any cell yet.</param>
/// <param name="InitialState">The state before the first time step; null for zeros. Not supported by any cell yet.</param>
internal readonly record struct RecurrenceInput(Tensor Inputs, Tensor? Lengths = null, CellState? InitialState = null)
{
    /// <summary>Returns the inputs, for engines that do not support lengths and initial states.</summary>
    /// <exception cref="NotSupportedException">Thrown if there are lengths or an initial state.</exception>
    public Tensor WithoutLengthsOrState() => this is { Lengths: null, InitialState: null }
        ? Inputs
        : throw new NotSupportedException("This cell can only process whole sequences from a zero state: lengths and initial states are not supported yet.");
}

/// <summary>The state of a cell between two time steps.</summary>
/// <param name="Output">The output h, <c>[batch, outputs]</c>.</param>
/// <param name="Cell">The cell state c, <c>[batch, units]</c>; null if the cell has none. No engine returns it yet, so always null.</param>
internal readonly record struct CellState(Tensor Output, Tensor? Cell = null);
