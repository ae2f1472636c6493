using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>What a layer runs over.</summary>
/// <param name="Inputs"><c>[batch, time, inputs]</c>.</param>
/// <param name="Lengths">
/// How many time steps of each row count, <c>[batch]</c>; null where all do. Nothing gives lengths yet: always null.
/// </param>
/// <param name="InitialState">The state before the first step; null for zeros. Nothing gives one yet: always null.</param>
internal readonly record struct LayerInput(Tensor Inputs, Tensor? Lengths = null, LayerState? InitialState = null);

/// <summary>The state of a layer between two time steps: that of the cell in each direction, forward first.</summary>
internal sealed record LayerState(params IReadOnlyList<CellState> Directions)
{
    /// <summary>The outputs, <c>[batch, outputs × directions]</c>.</summary>
    public Tensor Output => Directions.Count == 1 ? Directions[0].Output : cat([.. Directions.Select(state => state.Output)], -1);
}
