using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>The input of a layer.</summary>
/// <param name="Inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
/// <param name="Lengths">The number of time steps of each row, <c>[batch]</c>; null for all. Not supported by any cell yet.</param>
/// <param name="InitialState">The state before the first time step; null for zeros. Not supported by any cell yet.</param>
internal readonly record struct LayerInput(Tensor Inputs, Tensor? Lengths = null, LayerState? InitialState = null);

/// <summary>The state of a layer between two time steps.</summary>
/// <param name="Directions">The state of the cell in each direction, forward first.</param>
internal sealed record LayerState(params IReadOnlyList<CellState> Directions)
{
    /// <summary>The concatenated outputs of all directions, <c>[batch, outputs × directions]</c>.</summary>
    public Tensor Output => Directions.Count == 1 ? Directions[0].Output : cat([.. Directions.Select(state => state.Output)], -1);
}
