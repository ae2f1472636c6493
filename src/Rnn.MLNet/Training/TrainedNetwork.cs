using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Training;

/// <summary>What a training ends with.</summary>
/// <param name="Network">The network; whoever gets it disposes of it.</param>
/// <param name="Task">What it was trained for.</param>
/// <param name="Shape">How a row of the feature column became a sequence.</param>
/// <param name="FeatureType">The type of the feature column.</param>
/// <param name="History">What the training did.</param>
/// <param name="Threads">Threads that it took.</param>
internal sealed record TrainedNetwork(
    RecurrentNetwork Network, ITask Task, SequenceShape Shape, VectorDataViewType FeatureType, TrainingHistory History, int Threads);
