using System.Globalization;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tasks;

/// <summary>Exports a network as an ONNX model for any ONNX runtime. Input: batches of sequences. Output: scores.</summary>
internal static class NetworkExporter
{
    /// <summary>The name of the model's input, <c>[N, time, features]</c>, Single.</summary>
    public const string InputName = "features";

    /// <summary>Returns the content of the <c>.onnx</c> file. A row with a feature that is infinite, or NaN where missing
    /// values are not accepted, gets scores of NaN.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">The task that it was trained for.</param>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    public static byte[] ToBytes(RecurrentNetwork network, ITask task)
    {
        try
        {
            return Bytes(network, task);
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Writing {network.Parameters.Count} weights", "Writing takes several times the memory of the weights.");
        }
    }

    private static byte[] Bytes(RecurrentNetwork network, ITask task)
    {
        var spec = network.Spec;
        var export = task.Export;
        var graph = new OnnxGraph("network", [InputName, export.ScoresName, .. export.ScoresOverTimeName is { } overTime ? [overTime] : Array.Empty<string>()]);
        var features = graph.Input(
            InputName,
            TensorProto.Types.DataType.Float,
            "Sequences: batch, time steps, features.",
            OnnxGraph.BatchDimension,
            spec.TimeSteps,
            spec.Features);
        var columns = task.Columns;
        var scores = task.AddScores(graph, NetworkGraph.Add(graph, network, features, everyStep: columns.ScoredSteps is not null));
        if (columns.ScoredSteps is { } steps)
        {
            graph.Output(
                export.ScoresOverTimeName!, scores, "The same after each time step.", OnnxGraph.BatchDimension, steps, columns.ScoreLength);
            var last = graph.Add("Gather", [scores, graph.Constant(-1L)], OnnxGraph.Integer("axis", 1));
            scores = graph.Add("Squeeze", [last, graph.Constant(1L)]);
        }

        graph.Output(export.ScoresName, scores, export.ScoresDocumentation, OnnxGraph.BatchDimension, columns.ScoreLength);
        return FileChecksum.Append(graph.ToBytes($"A recurrent {export.Kind} trained with Rnn.MLNet: {spec}, {export.Head}, OutputInitializer = {spec.OutputInitializer}", Metadata(spec, export)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(NetworkSpec spec, ExportedDescription export) =>
    [
        new("cell", spec.Cell.ToString()),
        new("layers", spec.Layers.ToString(CultureInfo.InvariantCulture)),
        new("bidirectional", spec.Bidirectional ? "true" : "false"),
        new("read_out", spec.ReadOut.ToString()),
        .. export.Metadata,
    ];
}
