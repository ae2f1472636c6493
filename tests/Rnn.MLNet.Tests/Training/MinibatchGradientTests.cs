using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>The gradient of a minibatch and what is counted on the way, against the formula of the cross entropy.</summary>
public sealed class MinibatchGradientTests
{
    private const int Steps = 3, Features = 2, Classes = RandomSequences.Classes;

    [Theory]
    [InlineData(0)]
    [InlineData(1.7)]
    public void Of_the_output_layers_bias_it_is_what_is_too_much_of_each_class(double meanWeight)
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(new GruCell(4), Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, Steps, Features, Classes);
        using var network = new RecurrentNetwork(spec, seed: 3, CPU);
        var set = RandomSequences.Set(rows: 40, Steps, Features);
        // Some of the rows, not in their order.
        int[] rows = [39, 1, 2, 17, 30, 5, 6, 8, 12, 11, 24, 3, 21, 33, 9, 10, 14];
        var unit = meanWeight == 0 ? 1 : meanWeight;

        var (gradient, lossSum, weight, correct) = WorkerGroup.Use(2, group =>
        {
            using var parallel = new DataParallelGradient(network, Classification.Task(Classes), group, ScalarType.Float32, seed: 1, shards: 2, batchRows: 64, meanWeight);
            var batch = parallel.Compute(new Minibatch(set, rows), step: 0);
            using var bias = batch.Gradient.narrow(0, batch.Gradient.NumberOfElements - Classes, Classes);
            using (batch.Gradient)
            {
                return (bias.data<float>().ToArray(), batch.LossSum, batch.Weight, batch.MetricSum);
            }
        });

        using var _ = no_grad();
        var probabilities = network.Forward(set.Gather(rows, 1, CPU).Inputs, ForwardPass.Scoring).softmax(1).data<float>().ToArray().Chunk(Classes).ToArray();
        double Mean(Func<float[], int, double> value) => probabilities.Select((row, i) => set.Weight(rows[i]) / unit * value(row, set.Target(rows[i])[0])).Sum();
        Assert.All(Enumerable.Range(0, Classes), kind =>
            Assert.Equal(Mean((row, label) => row[kind] - (label == kind ? 1 : 0)) / rows.Length, gradient[kind], 1e-6));
        Assert.Equal(Mean((row, label) => -Math.Log(row[label])), lossSum, 1e-4);
        Assert.Equal(Mean((_, _) => 1), weight, 1e-9);
        Assert.Equal(probabilities.Select((row, i) => row.Max() == row[set.Target(rows[i])[0]]).Count(right => right), correct);
        Assert.InRange(correct, 1, rows.Length - 1);
    }

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(15, 4, 1)]
    [InlineData(16, 4, 2)]
    [InlineData(23, 4, 2)]
    [InlineData(24, 4, 3)]
    [InlineData(32, 4, 4)]
    [InlineData(1000, 4, 4)]
    [InlineData(1000, 1, 1)]
    public void A_shard_has_at_least_eight_rows(int rows, int shards, int expected)
    {
        Assert.Equal(expected, DataParallelGradient.ShardsOf(rows, shards));
    }
}
