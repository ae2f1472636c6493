using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary><see cref="GruCell"/> as ONNX's GRU, which calls reset after the product linear before reset.</summary>
internal sealed class GruExporter(GruCell cell) : ICellExporter
{
    public string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted) =>
        RecurrentOperator.Add(
            graph, "GRU", cell.Units, OnnxGateOrder.Gru, inputs, layer, wanted, peepholes: null,
            OnnxGraph.Integer("linear_before_reset", cell.ResetAfter ? 1 : 0));
}
