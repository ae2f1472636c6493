using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Computes the gradient of a minibatch in parallel. The rows are split into shards, which are distributed over the workers. The shards'
/// gradients are summed in the order of the shards, so the same seed and number of shards give bit-identical results.
/// </summary>
internal sealed class DataParallelGradient : IDisposable
{
    /// <summary>A minibatch is not split into shards of fewer rows: their matrix products would not benefit from another thread.</summary>
    private const int RowsPerShard = 8;

    private readonly WorkerGroup _workers;
    private readonly Device _device;
    private readonly IShardGradient[] _gradients;
    private readonly Generator[] _dropout;
    private readonly int _seed;
    private readonly int _shards;
    private readonly double _meanWeight;

    /// <param name="network">The network.</param>
    /// <param name="task">The task that it is trained for.</param>
    /// <param name="workers">The threads that compute the shards.</param>
    /// <param name="recurrentType">The type that recurrent layers compute in.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="shards">The largest number of shards of a minibatch.</param>
    /// <param name="batchRows">The number of rows of the largest minibatch.</param>
    /// <param name="meanWeight">The mean weight of all training rows.</param>
    public DataParallelGradient(
        RecurrentNetwork network, ITask task, WorkerGroup workers, ScalarType recurrentType, int seed, int shards, int batchRows, double meanWeight = 1)
    {
        // If all weights are 0, so is the loss; dividing it by 0 would make it NaN.
        _meanWeight = meanWeight > 0 ? meanWeight : 1;
        _workers = workers;
        _device = network.Device;
        _seed = seed;
        _shards = shards;
        var used = ShardsOf(batchRows, shards);
        var ownKernels = NetworkTape.Supports(network, recurrentType);
        _gradients = [.. Enumerable.Range(0, used).Select(_ => (IShardGradient)(ownKernels ? new KernelGradient(network, task) : new AutogradGradient(network, task, recurrentType)))];
        _dropout = [.. Enumerable.Range(0, used).Select(_ => new Generator(0, CPU))];
    }

    /// <summary>
    /// Computes the gradient of the loss of a minibatch, Σ weight × loss / (rows × mean weight of all training rows). A row of weight 2
    /// thus has the effect of two such rows, whichever other rows are in the minibatch.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="step">The optimiser step, counted from 0. Dropout's masks depend on it, but not on earlier steps.</param>
    public BatchGradient Compute(Minibatch batch, long step)
    {
        var (set, rows) = batch;
        var used = ShardsOf(rows.Length, _shards);
        var workers = Math.Min(used, _workers.Count);
        var shards = new ShardResult[used];
        try
        {
            _workers.Run(workers, worker =>
            {
                for (var shard = worker; shard < used; shard += workers)
                {
                    var start = (int)((long)rows.Length * shard / used);
                    var end = (int)((long)rows.Length * (shard + 1) / used);
                    _dropout[shard].manual_seed(SeedSequence.Derive(_seed, SeedSequence.Purpose.Dropout, step * _shards + shard));
                    using var scope = NewDisposeScope();
                    var batch = set.Gather(rows.Span[start..end], _meanWeight, _device);
                    shards[shard] = _gradients[shard].Compute(batch, rows.Length, _dropout[shard]);
                }
            });
        }
        catch
        {
            foreach (var shard in shards)
            {
                shard.Gradient?.Dispose();
            }

            throw;
        }

        var gradient = shards[0].Gradient!;
        using var once = 1.ToScalar();
        for (var shard = 1; shard < used; shard++)
        {
            gradient.add_(shards[shard].Gradient!, once);
            shards[shard].Gradient!.Dispose();
        }

        return new BatchGradient(gradient, shards.Sum(shard => shard.LossSum), set.TotalWeight(rows.Span) / _meanWeight, shards.Sum(shard => shard.MetricSum));
    }

    public void Dispose()
    {
        foreach (var gradient in _gradients)
        {
            gradient.Dispose();
        }

        foreach (var generator in _dropout)
        {
            generator.Dispose();
        }
    }

    /// <summary>Returns the number of shards that a minibatch of so many rows is split into, at most <paramref name="shards"/>.</summary>
    public static int ShardsOf(int rows, int shards) => Math.Clamp(rows / RowsPerShard, 1, shards);
}

/// <summary>The gradient of one minibatch and the minibatch's loss and metric.</summary>
/// <param name="Gradient">The gradient of the minibatch's loss, in the order of the parameter vector. The receiver disposes of it.</param>
/// <param name="LossSum">The weighted sum of the rows' losses, with weights in units of the mean weight.</param>
/// <param name="Weight">The sum of the rows' weights, in the same units.</param>
/// <param name="MetricSum">The sum of the task's metric over the rows.</param>
internal readonly record struct BatchGradient(Tensor Gradient, double LossSum, double Weight, double MetricSum);
