namespace Rnn.MLNet.Cells;

/// <summary>
/// Reads the variables of TensorFlow 1's GRUCell: <c>gates/kernel</c> and <c>gates/bias</c> of the reset and update gates,
/// <c>candidate/kernel</c> and <c>candidate/bias</c>. With reset after the product, which TensorFlow 1 does not support, also
/// <c>candidate/hidden_bias</c>.
/// </summary>
internal sealed class GruTensorFlowLayout(GruCell cell) : ITensorFlowLayout
{
    public IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables)
    {
        var units = cell.Units;
        var gates = variables.TakeKernels("gates/kernel", inputSize, units, 2 * units);
        var candidate = variables.TakeKernels("candidate/kernel", inputSize, units, units);
        var weights = new Dictionary<string, float[]>
        {
            [WeightNames.Kernel] = [.. gates.Kernel, .. candidate.Kernel],
            [WeightNames.RecurrentKernel] = [.. gates.RecurrentKernel, .. candidate.RecurrentKernel],
            [WeightNames.Bias] = [.. variables.TakeVector("gates/bias", 2 * units), .. variables.TakeVector("candidate/bias", units)],
        };
        if (cell.ResetAfter)
        {
            weights.Add(WeightNames.RecurrentBias, [.. new float[2 * units], .. variables.TakeVector("candidate/hidden_bias", units)]);
        }

        return weights;
    }
}
