namespace Rnn.MLNet.Cells;

/// <summary>Reads the variables of TensorFlow 1's BasicLSTMCell: <c>kernel</c> and <c>bias</c>, which does not include the forget bias.</summary>
internal sealed class LstmTensorFlowLayout(int units, int outputs, double forgetBias) : ITensorFlowLayout
{
    IReadOnlyDictionary<string, float[]> ITensorFlowLayout.Read(int inputSize, TensorFlowVariables variables) => Read(inputSize, variables);

    public Dictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables)
    {
        var gates = Lstm.Gates.Count * units;
        var (kernel, recurrent) = variables.TakeKernels("kernel", inputSize, outputs, gates);
        return new Dictionary<string, float[]>
        {
            [WeightNames.Kernel] = Gates(kernel),
            [WeightNames.RecurrentKernel] = Gates(recurrent),
            [WeightNames.Bias] = LstmBias.WithForgetBias(Gates(variables.TakeVector("bias", gates)), forgetBias),
        };

        static float[] Gates(float[] values) => Lstm.TensorFlowGates.To(Lstm.Gates, values);
    }
}
