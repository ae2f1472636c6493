using Rnn.MLNet.Networks;

namespace Rnn.MLNet.Persistence;

/// <summary><see cref="BasicLstmCell"/> as ONNX's LSTM.</summary>
internal sealed class LstmExporter(BasicLstmCell cell) : ICellExporter
{
    public string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted) =>
        RecurrentOperator.Add(graph, "LSTM", cell.Units, OnnxGateOrder.Lstm, inputs, layer, wanted);
}
