using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary><see cref="BasicRnnCell"/> as ONNX's RNN, whose activation is tanh unless told otherwise.</summary>
internal sealed class RnnExporter(BasicRnnCell cell) : ICellExporter
{
    public string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted) =>
        RecurrentOperator.Add(graph, "RNN", cell.Units, OnnxGateOrder.Rnn, inputs, layer, wanted, peepholes: null);
}
