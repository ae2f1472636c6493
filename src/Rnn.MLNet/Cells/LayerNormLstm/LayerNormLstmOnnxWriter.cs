using Rnn.MLNet.Onnx;

namespace Rnn.MLNet.Cells;

/// <summary>Writes <see cref="LayerNormBasicLstmCell"/> with layer normalisation as a Scan.</summary>
internal sealed class LayerNormLstmOnnxWriter(LayerNormBasicLstmCell cell) : IOnnxWriter
{
    private const float Epsilon = 1e-12f;

    private static int Gates => Lstm.Gates.Count;

    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        ScanOperator.Add(graph, directions, (part, weights) => Step(part, inputs, weights), everyStep);

    private ScanStep Step(OnnxGraph graph, string inputs, CellWeights weights)
    {
        var recurrent = ScanOperator.Transposed(graph, WeightNames.RecurrentKernel, weights[WeightNames.RecurrentKernel]);
        var gain = GateRows(graph, LayerNormLstm.GateGain, weights);
        var shift = GateRows(graph, LayerNormLstm.GateShift, weights);
        var stateGain = ScanOperator.Weight(graph, LayerNormLstm.StateGain, weights[LayerNormLstm.StateGain]);
        var stateShift = ScanOperator.Weight(graph, LayerNormLstm.StateShift, weights[LayerNormLstm.StateShift]);

        return new ScanStep(
            WithinSquares(graph, ScanOperator.Project(graph, inputs, weights[WeightNames.Kernel])),
            Gates * cell.Units,
            [cell.Units, cell.Units],
            (body, slice, states) =>
            {
                var (h, c) = (states[0], states[1]);
                var gates = body.Add("Add", [slice, body.Add("MatMul", [h, recurrent])]);
                var rows = body.Add("Reshape", [gates, body.Constant(0, Gates, cell.Units)]);
                var normal = Normalize(body, rows, gain, shift);
                var flat = body.Add("Reshape", [normal, body.Constant(0, (long)Gates * cell.Units)]);
                var parts = body.AddAll(Gates, "Split", [flat], OnnxGraph.Integer("axis", 1));
                var (i, f, g, o) = (parts[0], parts[1], parts[2], parts[3]);
                c = body.Add("Add",
                [
                    body.Add("Mul", [body.Add("Sigmoid", [f]), c]),
                    body.Add("Mul", [body.Add("Sigmoid", [i]), body.Add("Tanh", [g])]),
                ]);
                c = Normalize(body, c, stateGain, stateShift);
                h = body.Add("Mul", [body.Add("Sigmoid", [o]), body.Add("Tanh", [c])]);
                return [h, c];
            });
    }

    /// <summary>
    /// Scales down the products of a gate if they are so large that their squares would overflow. The scale does not affect the normalised values.
    /// </summary>
    private string WithinSquares(OnnxGraph graph, string products)
    {
        var rows = graph.Add("Reshape", [products, graph.Constant(0, 0, Gates, cell.Units)]);
        var largest = graph.Add("ReduceMax", [graph.Add("Abs", [rows])], OnnxGraph.Integers("axes", -1), OnnxGraph.Integer("keepdims", 1));
        var scale = graph.Add("Max", [graph.Add("Mul", [largest, graph.Constant(1e-15f)]), graph.Constant(1f)]);
        return graph.Add("Reshape", [graph.Add("Div", [rows, scale]), graph.Constant(0, 0, (long)Gates * cell.Units)]);
    }

    /// <summary>Adds a vector <c>[4 × units]</c> as a constant <c>[4, units]</c>.</summary>
    private string GateRows(OnnxGraph graph, string name, CellWeights weights)
    {
        using var rows = weights[name].view(Gates, cell.Units);
        return ScanOperator.Weight(graph, name, rows);
    }

    /// <summary>
    /// Normalises over the last dimension. ONNX's LayerNormalization operator is not used because a runtime may compute the variance as a
    /// difference of two means, which is inaccurate if the values are close together.
    /// </summary>
    private static string Normalize(OnnxGraph body, string values, string gain, string shift)
    {
        var centred = body.Add("Sub", [values, Mean(body, values)]);
        var variance = Mean(body, body.Add("Mul", [centred, centred]));
        var deviation = body.Add("Sqrt", [body.Add("Add", [variance, body.Constant(Epsilon)])]);
        var normal = body.Add("Div", [centred, deviation]);
        return body.Add("Add", [body.Add("Mul", [normal, gain]), shift]);
    }

    private static string Mean(OnnxGraph body, string values) =>
        body.Add("ReduceMean", [values], OnnxGraph.Integers("axes", -1), OnnxGraph.Integer("keepdims", 1));
}
