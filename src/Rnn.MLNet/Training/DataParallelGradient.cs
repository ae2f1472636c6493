using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// The gradient of a minibatch, its rows cut into shards that the workers share. Each shard gives the gradient of its rows' part of
/// the loss; the parts are added in the shards' order, so a seed and a number of shards always give the same bits.
/// </summary>
internal sealed class DataParallelGradient : IDisposable
{
    /// <summary>Below so many rows a shard, the matrix products are too thin for another thread to pay.</summary>
    private const int RowsPerShard = 8;

    private readonly RecurrentNetwork _network;
    private readonly WorkerGroup _workers;
    private readonly ScalarType _recurrentType;
    private readonly Tensor[] _weights;
    private readonly Generator[] _dropout;
    private readonly int _seed;

    public DataParallelGradient(RecurrentNetwork network, WorkerGroup workers, ScalarType recurrentType, int seed, int shards)
    {
        _network = network;
        _workers = workers;
        _recurrentType = recurrentType;
        _seed = seed;
        _weights = [.. network.Parameters.Weights.Select(weight => weight.Value)];
        _dropout = [.. Enumerable.Range(0, shards).Select(_ => new Generator(0, network.Device))];
    }

    /// <summary>Computes the gradient of the weighted mean loss over a minibatch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="step">The step, counted from 0. What dropout draws depends on it and not on the steps before.</param>
    public BatchGradient Compute(Minibatch batch, long step)
    {
        var (set, rows) = batch;
        var used = Math.Clamp(rows.Length / RowsPerShard, 1, _dropout.Length);
        var workers = Math.Min(used, _workers.Count);
        var weight = set.TotalWeight(rows.Span);
        var shards = new Shard[used];
        try
        {
            _workers.Run(workers, worker =>
            {
                for (var shard = worker; shard < used; shard += workers)
                {
                    var start = rows.Length * shard / used;
                    var end = rows.Length * (shard + 1) / used;
                    _dropout[shard].manual_seed(SeedSequence.Derive(_seed, SeedSequence.Purpose.Dropout, step * _dropout.Length + shard));
                    shards[shard] = Differentiate(set, rows.Span[start..end], weight, _dropout[shard]);
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

        return new BatchGradient(gradient, shards.Sum(shard => shard.LossSum), weight, shards.Sum(shard => shard.Correct));
    }

    public void Dispose()
    {
        foreach (var generator in _dropout)
        {
            generator.Dispose();
        }
    }

    private Shard Differentiate(SequenceSet set, ReadOnlySpan<int> rows, double batchWeight, Generator dropout)
    {
        using var scope = NewDisposeScope();
        var batch = set.Gather(rows, _network.Device);
        var logits = _network.Forward(batch.Sequences, new ForwardPass(dropout, _recurrentType));
        var loss = (nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.None) * batch.Weights).sum();
        // A minibatch whose rows all weigh nothing has no mean loss, and no gradient.
        using var divisor = batchWeight.ToScalar();
        var gradients = autograd.grad([batchWeight > 0 ? loss.div(divisor) : loss], _weights);
        var flat = cat([.. gradients.Select(gradient => gradient.reshape(-1))]).DetachFromDisposeScope();
        using var _ = no_grad();
        return new Shard(flat, loss.item<float>(), logits.argmax(1).eq(batch.Labels).sum().item<long>());
    }

    private readonly record struct Shard(Tensor? Gradient, double LossSum, long Correct);
}

/// <summary>The gradient of one minibatch and what was seen on the way.</summary>
/// <param name="Gradient">Of the weighted mean loss, in the order of the parameter vector. The receiver disposes it.</param>
/// <param name="LossSum">Weighted sum of the rows' losses.</param>
/// <param name="Weight">Sum of the rows' weights.</param>
/// <param name="Correct">Rows whose class was the most probable one.</param>
internal readonly record struct BatchGradient(Tensor Gradient, double LossSum, double Weight, long Correct);
