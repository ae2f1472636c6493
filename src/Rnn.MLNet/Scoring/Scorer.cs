using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Training;

namespace Rnn.MLNet.Scoring;

/// <summary>Everything that scoring needs of a trained model.</summary>
/// <param name="Network">The network, which lives until the model is disposed of.</param>
/// <param name="FeatureColumn">The column that the model reads.</param>
/// <param name="Shape">How a row of the feature column becomes a sequence.</param>
/// <param name="FeatureType">The type of the feature column in training.</param>
/// <param name="Task">What the network was trained for.</param>
/// <param name="Threads">Batches that are scored at once.</param>
internal sealed record Scorer(
    SharedNetwork Network, string FeatureColumn, SequenceShape Shape, VectorDataViewType FeatureType, ITask Task, int Threads)
{
    /// <summary>A scorer that takes over a trained network.</summary>
    /// <param name="trained">The network.</param>
    /// <param name="featureColumn">The column that it reads.</param>
    /// <param name="model">The type that users dispose of.</param>
    public static Scorer Of(TrainedNetwork trained, string featureColumn, Type model) => new(
        new SharedNetwork(trained.Network, trained.Task, model), featureColumn, trained.Shape, trained.FeatureType, trained.Task, trained.Threads);

    public OutputSchema OutputSchema(DataViewSchema input) => Scoring.OutputSchema.Of(input, FeatureColumn, Shape, FeatureType, Task.Columns);
}
