using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Adds a layer as one of ONNX's recurrent operators (LSTM, GRU, RNN). One operator computes both directions.
/// </summary>
internal static class RecurrentOperator
{
    private const int SequenceOutput = 0;
    private const int FinalOutput = 1;

    /// <summary>Adds the operator and reshapes its output to this library's layout.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="operation">The type of the operator.</param>
    /// <param name="units">The number of units in each direction.</param>
    /// <param name="inputs">The name of the inputs, <c>[time, batch, inputs]</c>.</param>
    /// <param name="directions">The weights of each direction, forward first.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the final output of each direction only.</param>
    /// <param name="attributes">Attributes that are specific to the operator.</param>
    /// <returns>
    /// The name of the outputs of every time step, <c>[time, batch, directions × units]</c>, or of the final ones,
    /// <c>[batch, directions × units]</c>.
    /// </returns>
    public static string Add(
        OnnxGraph graph, string operation, int units, string inputs, IReadOnlyList<OperatorWeights> directions, bool everyStep, params AttributeProto[] attributes)
    {
        var operands = Operands(graph, units, inputs, directions);
        AttributeProto[] all =
        [
            OnnxGraph.Integer("hidden_size", units),
            OnnxGraph.Text("direction", directions.Count == 1 ? "forward" : "bidirectional"),
            .. attributes,
        ];

        if (!everyStep)
        {
            // [directions, batch, units] to [batch, directions × units]; 0 in a shape keeps the size of that dimension.
            var final = graph.AddForOutput(FinalOutput, operation, operands, all);
            var batchFirst = graph.Add("Transpose", [final], OnnxGraph.Integers("perm", 1, 0, 2));
            return graph.Add("Reshape", [batchFirst, graph.Constant(0, directions.Count * units)]);
        }

        // [time, directions, batch, units] to [time, batch, directions × units]
        var sequence = graph.AddForOutput(SequenceOutput, operation, operands, all);
        var directionsLast = graph.Add("Transpose", [sequence], OnnxGraph.Integers("perm", 0, 2, 1, 3));
        return graph.Add("Reshape", [directionsLast, graph.Constant(0, 0, directions.Count * units)]);
    }

    private static string[] Operands(OnnxGraph graph, int units, string inputs, IReadOnlyList<OperatorWeights> directions)
    {
        var rows = directions[0].Bias.Length;
        var peepholes = directions[0].Peepholes is { Length: var length } ? Weight("peepholes", weights => weights.Peepholes!, length) : null;
        return
        [
            inputs,
            Weight("kernel", weights => weights.Kernel, rows, directions[0].Kernel.Length / rows),
            Weight("recurrent_kernel", weights => weights.RecurrentKernel, rows, units),
            // ONNX concatenates both biases.
            Weight("biases", weights => [.. weights.Bias, .. weights.RecurrentBias ?? new float[rows]], 2 * rows),
            // The optional inputs before the peepholes are the sequence lengths and two initial states. An empty name omits an input.
            .. peepholes is null ? [] : (string[])["", "", "", peepholes],
        ];

        string Weight(string name, Func<OperatorWeights, float[]> of, params ReadOnlySpan<long> shape) =>
            graph.Weight(name, [.. directions.SelectMany(of)], [directions.Count, .. shape]);
    }
}
