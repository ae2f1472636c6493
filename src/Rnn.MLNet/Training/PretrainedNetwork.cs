using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Training;

/// <summary>Builds a network from given weights. No row is read and nothing is trained.</summary>
/// <param name="environment">The context's environment.</param>
/// <param name="options">The columns and the network. The training options are ignored, as is the scaling, which is learned.</param>
/// <param name="weights">Returns the weights of a network.</param>
internal sealed class PretrainedNetwork(IHostEnvironment environment, RnnOptions options, Func<NetworkSpec, InitialWeights> weights)
{
    /// <summary>Builds the network for the columns of a view.</summary>
    /// <param name="input">The view; only its schema is used.</param>
    /// <param name="findTask">Finds the task in the schema.</param>
    /// <exception cref="ArgumentException">A column is missing or has a wrong type, or a weight is missing or has a wrong shape.</exception>
    public TrainedNetwork Fit(IDataView input, Func<DataViewSchema, ITask> findTask)
    {
        var task = findTask(input.Schema);
        var columns = new SequenceColumns(input.Schema, task.Targets(input.Schema), options.FeatureColumnName, weightColumn: null, options.TimeSteps, options.MissingValues);
        var device = DeviceChoice.Of(options.Device, environment);
        var spec = NetworkSpec.Of(options, columns.Shape, task.Outputs);
        try
        {
            // On a worker thread, because the caller's gradient or inference mode would apply to the new tensors.
            var network = WorkerGroup.Use(1, _ => new RecurrentNetwork(spec, seed: 0, device, weights(spec)));
            return new TrainedNetwork(network, task, columns.Shape, columns.FeatureType, TrainingHistory.None, NetworkTrainer.ThreadsOn(device, options.Threads));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Making {spec.Layers} layers of {spec.Cell}", "The network needs a machine with more memory.");
        }
    }
}
