using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>Every shard of every minibatch drops something else, and the seed decides what.</summary>
public sealed class DropoutSeedTests
{
    private const int Rows = 8;

    /// <summary>The same eight rows for each shard: what makes their losses differ is dropout alone.</summary>
    [Fact]
    public void No_two_shards_of_any_minibatches_share_a_mask()
    {
        var losses = new List<double>();
        for (var step = 0; step < 4; step++)
        {
            var (one, two, three) = (Loss(1, 3, step), Loss(2, 3, step), Loss(3, 3, step));
            losses.AddRange([one, two - one, three - two]);
        }

        var differences = losses.Order().Zip(losses.Order().Skip(1), (first, second) => second - first);
        Assert.All(differences, difference => Assert.True(difference > 1e-5, string.Join(", ", losses)));
        Assert.Equal(3 * Loss(1, 3, 0, dropout: 0), Loss(3, 3, 0, dropout: 0), 1e-4);
    }

    [Fact]
    public void The_seed_and_the_step_decide_what_is_dropped()
    {
        Assert.Equal(Loss(2, 2, step: 5), Loss(2, 2, step: 5));
        Assert.NotEqual(Loss(2, 2, step: 5), Loss(2, 2, step: 6));
        Assert.NotEqual(Loss(2, 2, step: 5), Loss(2, 2, step: 5, seed: 2));
        Assert.Equal(Loss(2, 2, step: 5, dropout: 0), Loss(2, 2, step: 5, seed: 2, dropout: 0));
    }

    private static double Loss(int copies, int shards, long step, int seed = 1, double dropout = 0.5) => WorkerGroup.Use(1, group =>
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(new GruCell(16), Layers: 2, Bidirectional: false, dropout, ReadOut.FinalState, TimeSteps: 3, Features: 2, Outputs: 3);
        using var network = new RecurrentNetwork(spec, seed: 1, CPU);
        using var gradient = new DataParallelGradient(network, Classification.Task(3), group, ScalarType.Float32, seed, shards, shards * Rows);
        var set = new SequenceSet(new SequenceShape(3, 2), Classification.Targets());
        for (var row = 0; row < Rows; row++)
        {
            set.NextRow().Fill(row / 4f - 1);
            set.Add([row % 3], 1);
        }

        var rows = Enumerable.Range(0, copies * Rows).Select(row => row % Rows).ToArray();
        var batch = gradient.Compute(new Minibatch(set, rows), step);
        batch.Gradient.Dispose();
        return batch.LossSum;
    });
}
