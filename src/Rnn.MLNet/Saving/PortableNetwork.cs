using Microsoft.ML.Data;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Saving;

/// <summary>
/// A network as ML.NET's OnnxTransformer wants it: one row at a time, and inputs and outputs that are called and typed
/// as the columns they bind to.
/// </summary>
internal static class PortableNetwork
{
    /// <summary>
    /// The bytes of the model. It gives <see cref="PortableColumns.Probabilities"/>, a vector of one number a class, and if asked
    /// for <see cref="PortableColumns.ClassCode"/>, the code of the greatest in a vector of one Single; NaN where the probabilities are.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="featureType">The type of the feature column.</param>
    /// <param name="feature">The name of the feature column.</param>
    /// <param name="classNames">The slot names of the probabilities; null for none.</param>
    /// <param name="classCodes">The codes of the classes; null if the model is to give none.</param>
    public static byte[] ToBytes(
        RecurrentNetwork network, VectorDataViewType featureType, string feature, IReadOnlyList<string>? classNames, float[]? classCodes)
    {
        var spec = network.Spec;
        var isDouble = featureType.ItemType == NumberDataViewType.Double;
        var graph = new OnnxGraph("network", feature, PortableColumns.Probabilities, PortableColumns.ClassCode);
        var features = graph.Input(
            feature,
            isDouble ? TensorProto.Types.DataType.Double : TensorProto.Types.DataType.Float,
            "One sequence: time steps, features.",
            1,
            spec.TimeSteps,
            spec.Features);
        if (isDouble)
        {
            features = graph.Add("Cast", [features], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Float));
        }

        var probabilities = NetworkGraph.Add(graph, network, features);
        // Before the guard, which sees to the codes as well.
        var codes = classCodes is null ? null : graph.Weight(classCodes, classCodes.Length);
        var shape = WeightChecksum.Guard(graph, graph.Constant((long)spec.Classes));
        var flat = graph.Add("Reshape", [probabilities, shape]);
        graph.Output(PortableColumns.Probabilities, flat, "The probability of each class.", spec.Classes);
        if (codes is not null)
        {
            graph.Output(PortableColumns.ClassCode, AddWinner(graph, flat, codes), "The code of the most probable class, the first of equals.", 1);
        }

        if (classNames is not null)
        {
            // The OnnxTransformer takes the slot names of a column from a node of this name.
            graph.AddTextList($"mlnet.{PortableColumns.Probabilities}.SlotNames", classNames);
        }

        return graph.ToBytes("A model of ML.NET with Rnn.MLNet; one row at a time.", []);
    }

    private static string AddWinner(OnnxGraph graph, string probabilities, string codes)
    {
        var index = graph.Add("ArgMax", [probabilities], OnnxGraph.Integer("axis", 0), OnnxGraph.Integer("keepdims", 1));
        var code = graph.Add("Gather", [codes, index]);
        // The greatest of NaNs has an index too. 0 × the sum is NaN exactly where there is no winner.
        var sum = graph.Add("ReduceSum", [probabilities, graph.Constant(0L)], OnnxGraph.Integer("keepdims", 1));
        var missing = graph.Add("Mul", [sum, graph.Constant(0f)]);
        return graph.Add("Add", [code, missing]);
    }
}
