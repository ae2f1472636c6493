using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Saving;

/// <summary>
/// A network as ML.NET's OnnxTransformer wants it: one row at a time, and inputs and outputs that are called and typed
/// as the columns they bind to.
/// </summary>
internal static class PortableNetwork
{
    /// <summary>The bytes of the model, which gives <see cref="SavedColumns.Scores"/>, a vector, and what the task needs beside it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">What it was trained for.</param>
    /// <param name="tail">What comes behind the network in the saved model.</param>
    /// <param name="featureType">The type of the feature column.</param>
    /// <param name="feature">The name of the feature column.</param>
    public static byte[] ToBytes(RecurrentNetwork network, ITask task, ISavedTail tail, VectorDataViewType featureType, string feature)
    {
        var spec = network.Spec;
        var isDouble = featureType.ItemType == NumberDataViewType.Double;
        var graph = new OnnxGraph("network", [feature, .. tail.NetworkColumns]);
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

        var scores = task.AddScores(graph, NetworkGraph.Add(graph, network, features));
        // Before the guard, whose checksum is over all constants so far.
        var constants = tail.AddConstants(graph);
        var shape = WeightChecksum.Guard(graph, graph.Constant((long)task.Columns.ScoreLength));
        var flat = graph.Add("Reshape", [scores, shape]);
        graph.Output(SavedColumns.Scores, flat, task.Export.ScoresDocumentation, task.Columns.ScoreLength);
        tail.AddOutputs(graph, flat, constants);
        if (tail.SlotNames is { } names)
        {
            // The OnnxTransformer takes the slot names of a column from a node of this name.
            graph.AddTextList($"mlnet.{SavedColumns.Scores}.SlotNames", names);
        }

        return graph.ToBytes("A model of ML.NET with Rnn.MLNet; one row at a time.", []);
    }
}
