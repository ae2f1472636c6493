using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes <see cref="GruCell"/> as ONNX's GRU operator, in which <c>linear_before_reset</c> is <see cref="GruCell.ResetAfter"/>.</summary>
internal sealed class GruOnnxWriter(GruCell cell) : IOnnxWriter
{
    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        RecurrentOperator.Add(
            graph, "GRU", cell.Units, inputs, [.. directions.Select(Operands)], everyStep,
            OnnxGraph.Integer("linear_before_reset", cell.ResetAfter ? 1 : 0));

    private OperatorWeights Operands(CellWeights weights)
    {
        return new OperatorWeights(Gates(WeightNames.Kernel), Gates(WeightNames.RecurrentKernel), Gates(WeightNames.Bias))
        {
            RecurrentBias = cell.ResetAfter ? Gates(WeightNames.RecurrentBias) : null,
        };

        float[] Gates(string name) => Gru.Gates.To(Gru.OnnxGates, weights.Values(name));
    }
}
