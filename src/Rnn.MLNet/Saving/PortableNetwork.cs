using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Saving;

/// <summary>
/// Converts a network to the ONNX model that ML.NET's OnnxTransformer requires: it scores one row at a time, and its inputs and outputs
/// have the names and types of the columns that they bind to.
/// </summary>
internal static class PortableNetwork
{
    /// <summary>
    /// Returns the bytes of the model. Its outputs are <see cref="SavedColumns.Scores"/>, a vector, and those that the task adds.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="task">The task that it was trained for.</param>
    /// <param name="tail">The part of the saved model that follows the network.</param>
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

        var columns = task.Columns;
        var scores = task.AddScores(graph, NetworkGraph.Add(graph, network, features, everyStep: columns.ScoredSteps is not null));
        // Added before the guard, whose checksum covers all weights added so far.
        var constants = tail.AddConstants(graph);
        var shape = WeightChecksum.Guard(graph, graph.Constant((long)columns.RowLength));
        var flat = graph.Add("Reshape", [scores, shape]);
        if (columns.ScoredSteps is { } steps)
        {
            var byStep = graph.Add("Reshape", [flat, graph.Constant(steps, columns.ScoreLength)]);
            graph.Output(SavedColumns.ScoresOverTime, byStep, "The scores after each time step.", steps, columns.ScoreLength);
            flat = graph.Add("Slice", [flat, graph.Constant(-(long)columns.ScoreLength), graph.Constant(long.MaxValue)]);
        }

        graph.Output(SavedColumns.Scores, flat, task.Export.ScoresDocumentation, columns.ScoreLength);
        tail.AddOutputs(graph, flat, constants);
        if (tail.SlotNames is { } names)
        {
            // The OnnxTransformer reads a column's slot names from a node with this name.
            graph.AddTextList($"mlnet.{SavedColumns.Scores}.SlotNames", names);
        }

        var description = ModelDescription.Of(spec, task, feature, featureType);
        return FileChecksum.Append(
            graph.ToBytes("A model of ML.NET with Rnn.MLNet; one row at a time.", [new(ModelDescription.Property, description.ToJson())]));
    }
}
