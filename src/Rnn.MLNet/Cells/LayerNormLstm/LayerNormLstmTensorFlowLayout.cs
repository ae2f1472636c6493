namespace Rnn.MLNet.Cells;

/// <summary>
/// Reads the variables of TensorFlow 1's LayerNormBasicLSTMCell: <c>kernel</c>, and <c>gamma</c> and <c>beta</c> of each gate and of the state.
/// </summary>
internal sealed class LayerNormLstmTensorFlowLayout(LayerNormBasicLstmCell cell) : ITensorFlowLayout
{
    /// <summary>TensorFlow's names of the gates, in TensorFlow's order.</summary>
    private static readonly string[] Gates = ["input", "transform", "forget", "output"];

    public IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables)
    {
        var (kernel, recurrent) = variables.TakeKernels("kernel", inputSize, cell.Units, Gates.Length * cell.Units);
        return new Dictionary<string, float[]>
        {
            [WeightNames.Kernel] = Reordered(kernel),
            [WeightNames.RecurrentKernel] = Reordered(recurrent),
            [LayerNormLstm.GateGain] = GateVectors("gamma"),
            [LayerNormLstm.GateShift] = LstmBias.WithForgetBias(GateVectors("beta"), cell.ForgetBias),
            [LayerNormLstm.StateGain] = variables.TakeVector("state/gamma", cell.Units),
            [LayerNormLstm.StateShift] = variables.TakeVector("state/beta", cell.Units),
        };

        float[] GateVectors(string name) => Reordered(variables.TakeVectors(cell.Units, Gates.Select(gate => $"{gate}/{name}")));

        static float[] Reordered(float[] values) => Lstm.TensorFlowGates.To(Lstm.Gates, values);
    }
}
