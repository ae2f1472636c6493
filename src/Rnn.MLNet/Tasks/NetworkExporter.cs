using System.Text.Json;
using Rnn.MLNet.Native;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Networks;

/// <summary>A network as an ONNX model that any ONNX runtime can run: batches of sequences in, probabilities out.</summary>
internal static class NetworkExporter
{
    /// <summary>The model's input, <c>[N, time, features]</c>, Single.</summary>
    public const string InputName = "features";

    /// <summary>The model's output, <c>[N, classes]</c>, Single; all NaN in a row with a NaN or an infinity among its features.</summary>
    public const string OutputName = "probabilities";

    /// <summary>The bytes of the <c>.onnx</c> file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="classNames">The names of the classes, which go into the file's metadata; null if they have none.</param>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    public static byte[] ToBytes(RecurrentNetwork network, IReadOnlyList<string>? classNames = null)
    {
        try
        {
            return Bytes(network, classNames);
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Writing {network.Parameters.Count} weights", "A file takes several times their size in memory.");
        }
    }

    private static byte[] Bytes(RecurrentNetwork network, IReadOnlyList<string>? classNames)
    {
        var spec = network.Spec;
        var graph = new OnnxGraph("network", InputName, OutputName);
        var features = graph.Input(
            InputName,
            TensorProto.Types.DataType.Float,
            "Sequences: batch, time steps, features.",
            OnnxGraph.BatchDimension,
            spec.TimeSteps,
            spec.Features);
        graph.Output(
            OutputName,
            NetworkGraph.Add(graph, network, features),
            "The probability of each class, in the order of the metadata property 'classes', if there is one.",
            OnnxGraph.BatchDimension,
            spec.Classes);
        return FileChecksum.Append(graph.ToBytes($"A recurrent classifier trained with Rnn.MLNet: {spec}", Metadata(spec, classNames)));
    }

    private static Dictionary<string, string> Metadata(NetworkSpec spec, IReadOnlyList<string>? classNames)
    {
        var metadata = new Dictionary<string, string>
        {
            ["cell"] = spec.Cell.ToString(),
            ["layers"] = JsonSerializer.Serialize(spec.Layers),
            ["bidirectional"] = JsonSerializer.Serialize(spec.Bidirectional),
            ["read_out"] = spec.ReadOut.ToString(),
        };
        if (classNames is not null)
        {
            metadata["classes"] = JsonSerializer.Serialize(classNames);
        }

        return metadata;
    }
}
