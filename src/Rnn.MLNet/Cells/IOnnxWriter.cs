using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes a layer of a cell as ONNX operators. Sequences are time-major, as in ONNX.</summary>
internal interface IOnnxWriter
{
    /// <summary>Adds one layer, in one or both directions.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="inputs">The name of the inputs, <c>[time, batch, inputs]</c>.</param>
    /// <param name="directions">The weights of each direction, forward first.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the final output of each direction only.</param>
    /// <returns>
    /// The name of the outputs of every time step, <c>[time, batch, outputs × directions]</c>, or of the final ones,
    /// <c>[batch, outputs × directions]</c>.
    /// </returns>
    string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep);
}
