using Rnn.MLNet.Networks;

namespace Rnn.MLNet.Persistence;

/// <summary><see cref="GruCell"/> with reset after the product as ONNX's GRU, which calls that linear before reset.</summary>
internal sealed class GruExporter(GruCell cell) : ICellExporter
{
    public string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted) =>
        RecurrentOperator.Add(
            graph, "GRU", cell.Units, OnnxGateOrder.Gru, inputs, layer, wanted, OnnxGraph.Integer("linear_before_reset", 1));
}
