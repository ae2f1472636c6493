using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Computes the gradients of one shard after another. Not for several threads at the same time.</summary>
internal interface IShardGradient : IDisposable
{
    /// <summary>Computes the gradient of Σ weight × loss / <paramref name="batchRows"/>.</summary>
    /// <param name="batch">The rows of the shard.</param>
    /// <param name="batchRows">The number of rows of the whole minibatch.</param>
    /// <param name="dropout">The generator of dropout.</param>
    ShardResult Compute(SequenceBatch batch, int batchRows, Generator dropout);
}

/// <summary>The gradient of a shard, its loss and its metric.</summary>
/// <param name="Gradient">The gradient of all weights, in the order of the parameter vector. The receiver disposes of it.</param>
/// <param name="LossSum">The weighted sum of the rows' losses.</param>
/// <param name="MetricSum">The sum of the task's metric over the rows.</param>
internal readonly record struct ShardResult(Tensor? Gradient, double LossSum, double MetricSum);
