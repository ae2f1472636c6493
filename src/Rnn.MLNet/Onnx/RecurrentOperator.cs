using Rnn.MLNet.Cells;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// What ONNX's own recurrent operators (LSTM, GRU, RNN) have in common: a layer is one operator, and both directions
/// share it.
/// </summary>
internal static class RecurrentOperator
{
    private const int SequenceOutput = 0;
    private const int FinalOutput = 1;

    /// <summary>Adds the operator and brings the wanted output into this library's shape.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="operation">The operator's name.</param>
    /// <param name="units">The number of units in each direction.</param>
    /// <param name="order">How the operator orders the gates.</param>
    /// <param name="inputs">The name of the inputs, <c>[time, batch, inputs]</c>.</param>
    /// <param name="layer">Kernel, recurrent kernel, bias and, in some cells, recurrent bias.</param>
    /// <param name="wanted">The result that is read.</param>
    /// <param name="peepholes">The name of the peephole weights of an LSTM that has them, else null.</param>
    /// <param name="attributes">Attributes of this operator alone.</param>
    /// <returns>The name of the wanted result.</returns>
    public static string Add(
        OnnxGraph graph,
        string operation,
        int units,
        OnnxGateOrder order,
        string inputs,
        RecurrentLayer layer,
        LayerOutput wanted,
        string? peepholes,
        params AttributeProto[] attributes)
    {
        var directions = layer.Directions;
        // Behind the bias comes the recurrent bias of the GRU that has one, or an LSTM's peepholes.
        var hasRecurrentBias = layer.Forward.Count > 3 && peepholes is null;
        string[] operands =
        [
            inputs,
            order.AddKernel(graph, [.. directions.Select(weights => weights[0])]),
            order.AddKernel(graph, [.. directions.Select(weights => weights[1])]),
            order.AddBias(graph, [.. directions.Select(weights => (weights[2], hasRecurrentBias ? weights[3] : null))]),
            // Lengths of the sequences and two initial states stand before the peepholes: an empty name leaves an input out.
            .. peepholes is null ? [] : (string[])["", "", "", peepholes],
        ];
        AttributeProto[] all =
        [
            OnnxGraph.Integer("hidden_size", units),
            OnnxGraph.Text("direction", layer.Backward is null ? "forward" : "bidirectional"),
            .. attributes,
        ];

        if (wanted == LayerOutput.Final)
        {
            // [directions, batch, units] to [batch, directions × units]; in a shape, 0 keeps the size that is there.
            var final = graph.AddForOutput(FinalOutput, operation, operands, all);
            var batchFirst = graph.Add("Transpose", [final], OnnxGraph.Integers("perm", 1, 0, 2));
            return graph.Add("Reshape", [batchFirst, graph.Constant(0, directions.Count * units)]);
        }

        // [time, directions, batch, units] to [time, batch, directions × units]
        var sequence = graph.AddForOutput(SequenceOutput, operation, operands, all);
        var directionsLast = graph.Add("Transpose", [sequence], OnnxGraph.Integers("perm", 0, 2, 1, 3));
        return graph.Add("Reshape", [directionsLast, graph.Constant(0, 0, directions.Count * units)]);
    }
}
