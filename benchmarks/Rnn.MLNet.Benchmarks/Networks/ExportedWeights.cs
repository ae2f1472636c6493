using System.Runtime.InteropServices;
using Rnn.MLNet.Onnx.Proto;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Networks;

/// <summary>
/// Copies the weights of a network that this library exported as ONNX to a libtorch network, because all contenders must score with the same
/// network.
/// </summary>
internal static class ExportedWeights
{
    /// <summary>The ONNX index of each libtorch gate: i, f, g, o of an LSTM (ONNX: i, o, f, c) and r, z, n of a GRU (ONNX: z, r, h).</summary>
    private static readonly Dictionary<string, int[]> GateOrder = new() { ["LSTM"] = [0, 2, 3, 1], ["GRU"] = [1, 0, 2], ["RNN"] = [0] };

    public static void CopyTo(PlainNetwork network, string onnxPath)
    {
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(onnxPath)).Graph;
        var constants = graph.Initializer.ToDictionary(constant => constant.Name);
        var recurrent = graph.Node.Single(node => GateOrder.ContainsKey(node.OpType));
        var order = GateOrder[recurrent.OpType];
        using var scope = NewDisposeScope();
        using var _ = no_grad();

        // The kernel, the recurrent kernel, and both biases in one row. The first dimension of each is the direction.
        var kernels = Value(constants[recurrent.Input[1]]);
        var recurrentKernels = Value(constants[recurrent.Input[2]]);
        var biases = Value(constants[recurrent.Input[3]]);
        foreach (var (direction, weights) in network.RecurrentWeights.Chunk(4).Index())
        {
            var bias = biases.select(0, direction).chunk(2);
            weights[0].copy_(Reorder(kernels.select(0, direction), order));
            weights[1].copy_(Reorder(recurrentKernels.select(0, direction), order));
            weights[2].copy_(Reorder(bias[0], order));
            weights[3].copy_(Reorder(bias[1], order));
        }

        var head = graph.Node.Single(node => node.OpType == "Gemm");
        network.HeadKernel.copy_(Value(constants[head.Input[1]]));
        network.HeadBias.copy_(Value(constants[head.Input[2]]));
    }

    private static Tensor Value(TensorProto constant) =>
        tensor(MemoryMarshal.Cast<byte, float>(constant.RawData.Span).ToArray(), [.. constant.Dims]);

    private static Tensor Reorder(Tensor weight, int[] order)
    {
        var gates = weight.chunk(order.Length);
        return cat([.. order.Select(gate => gates[gate])]);
    }
}
