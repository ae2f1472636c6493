using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes a layer of one kind of cell as ONNX operators. Sequences are time-major here, as in ONNX.</summary>
internal interface ICellExporter
{
    /// <summary>Adds one layer, in one or both directions.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="inputs">The name of the inputs, <c>[time, batch, inputs]</c>.</param>
    /// <param name="layer">The weights, in the cell's order.</param>
    /// <param name="wanted">The result that is read.</param>
    /// <returns>The name of the wanted result.</returns>
    string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted);
}
