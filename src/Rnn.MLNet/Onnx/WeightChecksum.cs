using System.Numerics.Tensors;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Adds a checksum of the weights to a model, so that a damaged model fails instead of producing wrong scores. A zip file contains checksums, but
/// .NET does not verify them when it reads the file. Therefore the model itself sums its weights and accesses an element that exists only if
/// the sum is correct. The sum depends only on constants, so ONNX Runtime computes it once, when it loads the model, and scoring does not
/// become slower.
/// </summary>
internal static class WeightChecksum
{
    private const int Bits = 30;
    private const string Complaint = "The model file is damaged: its weights do not match their checksum.";

    /// <summary>Makes a value that the model needs unavailable if the weights are damaged.</summary>
    /// <param name="graph">The graph, which must already contain all weights.</param>
    /// <param name="value">The name of a constant with one element.</param>
    /// <returns>The name of the same value, guarded by the checksum.</returns>
    public static string Guard(OnnxGraph graph, string value)
    {
        string? total = null;
        var expected = 0L;
        foreach (var (name, weights) in graph.Weights)
        {
            // Sums of integers do not depend on the order, and 2^32 of these do not overflow. Multiplication by a power of two is exact.
            var largest = TensorPrimitives.MaxMagnitude<float>(weights);
            var scale = Math.ScaleB(1, Bits - (largest == 0 ? 0 : Math.ILogB(largest)));
            expected += weights.Sum(weight => (long)(weight * scale));

            var wide = graph.Add("Cast", [name], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Double));
            var scaled = graph.Add("Mul", [wide, graph.Constant(scale)]);
            var whole = graph.Add("Cast", [scaled], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Int64));
            var flat = graph.Add("Reshape", [whole, graph.Constant(-1L)]);
            var sum = graph.Add("ReduceSum", [flat, graph.Constant(0L)], OnnxGraph.Integer("keepdims", 1));
            total = total is null ? sum : graph.Add("Add", [total, sum]);
        }

        if (total is null)
        {
            return value;
        }

        var same = graph.Add("Equal", [total, graph.Constant(expected)]);
        var differs = graph.Add("Not", [same]);
        var index = graph.Add("Cast", [differs], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Int64));
        return graph.AddNamed(Complaint, "Gather", [value, index]);
    }
}
