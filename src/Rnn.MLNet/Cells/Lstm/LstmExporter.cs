using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>An LSTM without extensions, or with peepholes and no other, as ONNX's LSTM.</summary>
internal sealed class LstmExporter(int units, bool usePeepholes = false) : ICellExporter
{
    public string Add(OnnxGraph graph, string inputs, RecurrentLayer layer, LayerOutput wanted)
    {
        var peepholes = usePeepholes
            ? OnnxGateOrder.Peepholes.AddPeepholes(graph, [.. layer.Directions.Select(weights => weights[3])])
            : null;
        return RecurrentOperator.Add(graph, "LSTM", units, OnnxGateOrder.Lstm, inputs, layer, wanted, peepholes);
    }
}
