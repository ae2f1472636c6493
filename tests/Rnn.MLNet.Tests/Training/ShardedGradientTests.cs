using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>A minibatch cut into shards has the gradient of the whole, on any number of workers.</summary>
public sealed class ShardedGradientTests
{
    private const int Steps = 9, Features = 4, Rows = 61;

    public static TheoryData<RnnCell, bool> Networks => new()
    {
        { new BasicLstmCell(20), false },
        { new GruCell(20), true },
        { new BasicRnnCell(20), false },
        { new LstmCell(20) { UsePeepholes = true }, false },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Shards_add_up_to_the_whole(RnnCell cell, bool bidirectional)
    {
        var whole = Gradient(cell, bidirectional, shards: 1, workers: 1);

        Assert.True(whole.Max(Math.Abs) > 1e-3, "The gradient is too small to tell anything.");
        foreach (var (shards, workers) in ((int, int)[])[(2, 1), (2, 2), (3, 2), (7, 3)])
        {
            Assert.All(whole.Zip(Gradient(cell, bidirectional, shards, workers)), pair => Assert.InRange(pair.Second, pair.First - 1e-6, pair.First + 1e-6));
        }
    }

    private static float[] Gradient(RnnCell cell, bool bidirectional, int shards, int workers) => WorkerGroup.Use(workers, group =>
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(cell, Layers: 1, bidirectional, Dropout: 0, ReadOut.FinalState, Steps, Features, RandomSequences.Classes);
        using var network = new RecurrentNetwork(spec, seed: 1, CPU);
        using var gradient = new DataParallelGradient(network, Classification.Task(RandomSequences.Classes), group, ScalarType.Float32, seed: 1, shards, Rows);
        var batch = gradient.Compute(new Minibatch(RandomSequences.Set(Rows, Steps, Features), Enumerable.Range(0, Rows).ToArray()), step: 0);
        using var values = batch.Gradient;
        return values.data<float>().ToArray();
    });
}
