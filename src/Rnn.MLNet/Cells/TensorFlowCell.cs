namespace Rnn.MLNet.Cells;

/// <summary>The weights of one direction of a cell from TensorFlow's variables, in the order in which the cell here takes them.</summary>
internal static class TensorFlowCell
{
    private static readonly string[] Gates = ["input", "transform", "forget", "output"];

    /// <exception cref="ArgumentException">A variable is missing, of a wrong shape, or not one of the cell's.</exception>
    public static IReadOnlyList<float[]> Read(RnnCell cell, int inputs, TensorFlowVariables variables)
    {
        var units = cell.Units;
        IReadOnlyList<float[]> weights = cell switch
        {
            BasicRnnCell => Simple(units, inputs, variables),
            BasicLstmCell lstm => Lstm(units, units, lstm.ForgetBias, inputs, variables),
            GruCell gru => Gru(gru, inputs, variables),
            LstmCell lstm => ExtendedLstm(lstm, inputs, variables),
            LayerNormBasicLstmCell { LayerNorm: true } lstm => LayerNormLstm(lstm, inputs, variables),
            LayerNormBasicLstmCell lstm => Lstm(units, units, lstm.ForgetBias, inputs, variables),
            _ => throw new NotSupportedException($"The cell {cell.GetType().Name} is not one of Rnn.MLNet's five."),
        };
        variables.ThrowIfAnyLeft();
        return weights;
    }

    private static float[][] Simple(int units, int inputs, TensorFlowVariables variables)
    {
        var kernel = variables.Take("kernel", inputs + units, units);
        return [.. Split(TensorFlowGateOrder.Single, kernel, inputs), variables.TakeVectors(units, "bias")];
    }

    private static float[][] Lstm(int units, int outputs, double forgetBias, int inputs, TensorFlowVariables variables)
    {
        var kernel = variables.Take("kernel", inputs + outputs, 4 * units);
        var bias = TensorFlowGateOrder.Lstm.Vector(variables.Take("bias", 4 * units).Values);
        return [.. Split(TensorFlowGateOrder.Lstm, kernel, inputs), WithForgetBias(bias, forgetBias)];
    }

    private static float[][] ExtendedLstm(LstmCell cell, int inputs, TensorFlowVariables variables)
    {
        List<float[]> weights = [.. Lstm(cell.Units, cell.ProjectionSize ?? cell.Units, cell.ForgetBias, inputs, variables)];
        if (cell.UsePeepholes)
        {
            weights.Add(variables.TakeVectors(cell.Units, "w_i_diag", "w_f_diag", "w_o_diag"));
        }

        if (cell.ProjectionSize is { } size)
        {
            weights.Add(TensorFlowGateOrder.Single.Rows(variables.Take("projection/kernel", cell.Units, size), 0, cell.Units));
        }

        return [.. weights];
    }

    private static float[][] LayerNormLstm(LayerNormBasicLstmCell cell, int inputs, TensorFlowVariables variables)
    {
        var kernel = variables.Take("kernel", inputs + cell.Units, 4 * cell.Units);
        return
        [
            .. Split(TensorFlowGateOrder.Lstm, kernel, inputs),
            GateVectors("gamma"),
            WithForgetBias(GateVectors("beta"), cell.ForgetBias),
            variables.TakeVectors(cell.Units, "state/gamma"),
            variables.TakeVectors(cell.Units, "state/beta"),
        ];

        float[] GateVectors(string name) =>
            TensorFlowGateOrder.Lstm.Vector(variables.TakeVectors(cell.Units, Gates.Select(gate => $"{gate}/{name}")));
    }

    private static float[][] Gru(GruCell cell, int inputs, TensorFlowVariables variables)
    {
        var units = cell.Units;
        var gates = variables.Take("gates/kernel", inputs + units, 2 * units);
        var candidate = variables.Take("candidate/kernel", inputs + units, units);
        List<float[]> weights =
        [
            Kernel(0, inputs),
            Kernel(inputs, units),
            [.. variables.TakeVectors(2 * units, "gates/bias"), .. variables.TakeVectors(units, "candidate/bias")],
        ];
        if (cell.ResetAfter)
        {
            weights.Add([.. new float[2 * units], .. variables.TakeVectors(units, "candidate/hidden_bias")]);
        }

        return [.. weights];

        float[] Kernel(int first, int count) =>
            [.. TensorFlowGateOrder.GruGates.Rows(gates, first, count), .. TensorFlowGateOrder.Single.Rows(candidate, first, count)];
    }

    /// <summary>The kernel of the inputs and that of the state, which TensorFlow keeps in one.</summary>
    private static float[][] Split(TensorFlowGateOrder order, TensorFlowTensor kernel, int inputs) =>
        [order.Rows(kernel, 0, inputs), order.Rows(kernel, inputs, kernel.Shape[0] - inputs)];

    /// <summary>Adds the forget bias, which is the cell's in TensorFlow and the weight's here, to the second of the gates i, f, g, o.</summary>
    private static float[] WithForgetBias(float[] vector, double forgetBias)
    {
        var units = vector.Length / 4;
        foreach (ref var value in vector.AsSpan(units, units))
        {
            value = (float)(value + forgetBias);
        }

        return vector;
    }
}
