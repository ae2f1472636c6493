using Rnn.MLNet.Tests.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>A shard that fails takes the gradients of the others with it.</summary>
[Collection(nameof(Alone))]
public sealed class FailedShardTests
{
    [Fact]
    public void No_gradient_leaks() => TensorLeaks.AssertNone(Fail);

    private static void Fail() => WorkerGroup.Use(1, group =>
    {
        var spec = new NetworkSpec(new GruCell(4), Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, TimeSteps: 3, Features: 2, Outputs: 3);
        using var network = new RecurrentNetwork(spec, seed: 3, CPU);
        using var gradient = new DataParallelGradient(network, Classification.Task(3), group, ScalarType.Float32, seed: 1, shards: 2, batchRows: 16);
        var set = new SequenceSet(new SequenceShape(3, 2), Classification.Targets());
        for (var row = 0; row < 8; row++)
        {
            set.NextRow().Fill(row);
            set.Add([row % 3], 1);
        }

        // The second shard asks for a row that is not there.
        int[] rows = [.. Enumerable.Range(0, 8), .. Enumerable.Repeat(4000, 8)];
        Assert.ThrowsAny<ArgumentException>(() => gradient.Compute(new Minibatch(set, rows), step: 0));
        return true;
    });
}
