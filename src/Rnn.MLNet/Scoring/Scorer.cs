using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Training;

namespace Rnn.MLNet.Scoring;

/// <summary>The parts of a trained model that scoring needs.</summary>
/// <param name="Network">The network. It is disposed of with the model.</param>
/// <param name="FeatureColumn">The name of the feature column.</param>
/// <param name="Shape">The shape of the sequence in a row of the feature column.</param>
/// <param name="FeatureType">The type of the feature column in training.</param>
/// <param name="Task">The task that the network was trained for.</param>
/// <param name="Threads">The number of batches that are scored in parallel.</param>
/// <param name="MissingValues">Whether missing features are accepted.</param>
internal sealed record Scorer(
    SharedNetwork Network, string FeatureColumn, SequenceShape Shape, VectorDataViewType FeatureType, ITask Task, int Threads, MissingValues MissingValues)
{
    /// <summary>Creates a scorer that takes ownership of a trained network.</summary>
    /// <param name="trained">The result of the training.</param>
    /// <param name="featureColumn">The name of the feature column.</param>
    /// <param name="model">The public type of the model, which an <see cref="ObjectDisposedException"/> names.</param>
    public static Scorer Of(TrainedNetwork trained, string featureColumn, Type model) => new(
        new SharedNetwork(trained.Network, model), featureColumn, trained.Shape, trained.FeatureType, trained.Task, trained.Threads, trained.Network.Spec.MissingValues);

    public OutputSchema OutputSchema(DataViewSchema input) => Scoring.OutputSchema.Of(input, FeatureColumn, Shape, FeatureType, Task.Columns);
}
