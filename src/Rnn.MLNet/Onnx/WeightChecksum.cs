using System.Numerics.Tensors;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Makes a model notice that its weights are not those that were saved. A zip holds checksums, but .NET does not
/// compare them when it reads one, so that a damaged file could load and give other scores. The model itself therefore
/// adds up its weights and asks for an element that exists only if the sum is right. The sum depends on constants
/// alone: ONNX Runtime works it out once, when it loads the model, and scoring costs nothing more.
/// </summary>
internal static class WeightChecksum
{
    private const int Bits = 30;
    private const string Complaint = "The model file is damaged: its weights do not match their checksum.";

    /// <summary>Guards a value that the model cannot do without.</summary>
    /// <param name="graph">The graph, with all weights.</param>
    /// <param name="value">The name of a constant of one element.</param>
    /// <returns>The name of the same value, which cannot be had of a model with other weights.</returns>
    public static string Guard(OnnxGraph graph, string value)
    {
        string? total = null;
        var expected = 0L;
        foreach (var (name, weights) in graph.Weights)
        {
            // Integers add up to the same in any order, and 2^32 of them without overflow. Multiplying by a power of two is exact.
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
