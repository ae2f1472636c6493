namespace Rnn.MLNet.Tests.ReferenceValues;

/// <summary>TensorFlow's variables for any cell, filled as a test needs them.</summary>
internal static class TensorFlowCells
{
    /// <summary>The variables of one direction, each number drawn by a function.</summary>
    public static Dictionary<string, TensorFlowTensor> Variables(RnnCell cell, int inputs, Func<float> draw)
    {
        var units = cell.Units;
        var outputs = OutputSize(cell);
        var variables = new Dictionary<string, TensorFlowTensor>();
        switch (cell)
        {
            case BasicRnnCell:
                Add("kernel", inputs + units, units);
                Add("bias", units);
                break;
            case GruCell gru:
                Add("gates/kernel", inputs + units, 2 * units);
                Add("gates/bias", 2 * units);
                Add("candidate/kernel", inputs + units, units);
                Add("candidate/bias", units);
                if (gru.ResetAfter)
                {
                    Add("candidate/hidden_bias", units);
                }

                break;
            case LayerNormBasicLstmCell { LayerNorm: true }:
                Add("kernel", inputs + units, 4 * units);
                foreach (var part in new[] { "input", "transform", "forget", "output", "state" })
                {
                    Add($"{part}/gamma", units);
                    Add($"{part}/beta", units);
                }

                break;
            case BasicLstmCell or LstmCell or LayerNormBasicLstmCell:
                Add("kernel", inputs + outputs, 4 * units);
                Add("bias", 4 * units);
                if (cell is LstmCell { UsePeepholes: true })
                {
                    Add("w_i_diag", units);
                    Add("w_f_diag", units);
                    Add("w_o_diag", units);
                }

                if (cell is LstmCell { ProjectionSize: not null })
                {
                    Add("projection/kernel", units, outputs);
                }

                break;
            default:
                throw new NotSupportedException($"No variables are known for {cell}.");
        }

        return variables;

        void Add(string name, params int[] shape) => variables.Add(name, Tensor(draw, shape));
    }

    public static int OutputSize(RnnCell cell) => cell is LstmCell { ProjectionSize: { } size } ? size : cell.Units;

    /// <summary>Layers of a whole network.</summary>
    public static TensorFlowLayer[] Layers(RnnClassifierOptions options, int features, Func<float> draw)
    {
        var width = OutputSize(options.Cell) * (options.Bidirectional ? 2 : 1);
        return
        [
            .. Enumerable.Range(0, options.Layers).Select(layer => new TensorFlowLayer
            {
                Forward = Variables(options.Cell, layer == 0 ? features : width, draw),
                Backward = options.Bidirectional ? Variables(options.Cell, layer == 0 ? features : width, draw) : null,
            }),
        ];
    }

    public static TensorFlowTensor Tensor(Func<float> draw, params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate((product, size) => product * size)).Select(_ => draw())], shape);

    /// <summary>The same kernel with one more row.</summary>
    public static TensorFlowTensor InsertRow(TensorFlowTensor kernel, int index, ReadOnlySpan<float> row)
    {
        var split = index * kernel.Shape[1];
        return new TensorFlowTensor([.. kernel.Values[..split], .. row, .. kernel.Values[split..]], kernel.Shape[0] + 1, kernel.Shape[1]);
    }
}
