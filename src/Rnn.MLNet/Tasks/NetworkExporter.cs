using System.Text.Json;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tasks;

/// <summary>A network as an ONNX model that any ONNX runtime can run: batches of sequences in, scores out.</summary>
internal static class NetworkExporter
{
    /// <summary>The model's input, <c>[N, time, features]</c>, Single.</summary>
    public const string InputName = "features";

    /// <summary>The bytes of the <c>.onnx</c> file. Its output is all NaN in a row with a NaN or an infinity among its features.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">What it was trained for.</param>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    public static byte[] ToBytes(RecurrentNetwork network, ITask task)
    {
        try
        {
            return Bytes(network, task);
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Writing {network.Parameters.Count} weights", "A file takes several times their size in memory.");
        }
    }

    private static byte[] Bytes(RecurrentNetwork network, ITask task)
    {
        var spec = network.Spec;
        var export = task.Export;
        var graph = new OnnxGraph("network", InputName, export.ScoresName);
        var features = graph.Input(
            InputName,
            TensorProto.Types.DataType.Float,
            "Sequences: batch, time steps, features.",
            OnnxGraph.BatchDimension,
            spec.TimeSteps,
            spec.Features);
        graph.Output(
            export.ScoresName,
            task.AddScores(graph, NetworkGraph.Add(graph, network, features)),
            export.ScoresDocumentation,
            OnnxGraph.BatchDimension,
            task.Columns.ScoreLength);
        return FileChecksum.Append(graph.ToBytes($"A recurrent {export.Kind} trained with Rnn.MLNet: {spec}, {export.Head}, OutputInitializer = {spec.OutputInitializer}", Metadata(spec, export)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(NetworkSpec spec, ExportedDescription export) =>
    [
        new("cell", spec.Cell.ToString()),
        new("layers", JsonSerializer.Serialize(spec.Layers)),
        new("bidirectional", JsonSerializer.Serialize(spec.Bidirectional)),
        new("read_out", spec.ReadOut.ToString()),
        .. export.Metadata,
    ];
}
