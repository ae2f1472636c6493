using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes an LSTM with no extensions other than peepholes as ONNX's LSTM operator.</summary>
internal sealed class LstmOnnxWriter(int units, bool usePeepholes = false) : IOnnxWriter
{
    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        RecurrentOperator.Add(graph, "LSTM", units, inputs, [.. directions.Select(Operands)], everyStep);

    private OperatorWeights Operands(CellWeights weights)
    {
        return new OperatorWeights(Gates(WeightNames.Kernel), Gates(WeightNames.RecurrentKernel), Gates(WeightNames.Bias))
        {
            Peepholes = usePeepholes ? Lstm.PeepholeGates.To(Lstm.OnnxPeepholeGates, weights.Values(Lstm.Peepholes)) : null,
        };

        float[] Gates(string name) => Lstm.Gates.To(Lstm.OnnxGates, weights.Values(name));
    }
}
