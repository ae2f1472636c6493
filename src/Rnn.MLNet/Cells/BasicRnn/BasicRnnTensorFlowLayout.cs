namespace Rnn.MLNet.Cells;

/// <summary>Reads the variables of TensorFlow 1's BasicRNNCell: <c>kernel</c> and <c>bias</c>.</summary>
internal sealed class BasicRnnTensorFlowLayout(BasicRnnCell cell) : ITensorFlowLayout
{
    public IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables)
    {
        var (kernel, recurrent) = variables.TakeKernels("kernel", inputSize, cell.Units, cell.Units);
        return new Dictionary<string, float[]>
        {
            [WeightNames.Kernel] = kernel,
            [WeightNames.RecurrentKernel] = recurrent,
            [WeightNames.Bias] = variables.TakeVector("bias", cell.Units),
        };
    }
}
