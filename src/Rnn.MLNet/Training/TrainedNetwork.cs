using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Training;

/// <summary>The result of a training.</summary>
/// <param name="Network">The network. The receiver disposes of it.</param>
/// <param name="Task">The task that it was trained for.</param>
/// <param name="Shape">The shape of the sequence in a row of the feature column.</param>
/// <param name="FeatureType">The type of the feature column.</param>
/// <param name="History">The history of the training.</param>
/// <param name="Threads">The number of worker threads of the training.</param>
internal sealed record TrainedNetwork(
    RecurrentNetwork Network, ITask Task, SequenceShape Shape, VectorDataViewType FeatureType, TrainingHistory History, int Threads);
