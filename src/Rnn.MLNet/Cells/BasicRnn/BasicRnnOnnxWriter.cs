using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes <see cref="BasicRnnCell"/> as ONNX's RNN operator, whose default activation is tanh.</summary>
internal sealed class BasicRnnOnnxWriter(BasicRnnCell cell) : IOnnxWriter
{
    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        RecurrentOperator.Add(
            graph, "RNN", cell.Units, inputs,
            [.. directions.Select(weights => new OperatorWeights(
                weights.Values(WeightNames.Kernel), weights.Values(WeightNames.RecurrentKernel), weights.Values(WeightNames.Bias)))],
            everyStep);
}
