using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>The library's own gradient of a whole network against libtorch's: every cell, layers in both directions, every read-out, with dropout and scaling.</summary>
public sealed class KernelGradientTests
{
    private const int Steps = 5, Features = 3, Rows = 11;

    public static TheoryData<string, ReadOut> Networks =>
        [.. from name in CellSamples.All.Keys from readOut in Enum.GetValues<ReadOut>() select new TheoryDataRow<string, ReadOut>(name, readOut)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_is_libtorchs(string name, ReadOut readOut)
    {
        var both = new NetworkSpec(
            CellSamples.All[name], Layers: 2, Bidirectional: true, Dropout: 0.3, readOut, Steps, Features, RandomSequences.Classes,
            MissingValues: MissingValues.ZeroAndIndicator, Scaling: new FeatureScaling([0.1f, -0.2f, 0.05f], [2, 1.5f, 0.7f]));
        foreach (var spec in (NetworkSpec[])[both, both with { Layers = 1, Bidirectional = false, Dropout = 0 }])
        {
            using var scope = NewDisposeScope();
            using var network = new RecurrentNetwork(spec, seed: 2, CPU);
            var task = Classification.Task(RandomSequences.Classes);
            using var automatic = new AutogradGradient(network, task, ScalarType.Float32);
            using var own = new KernelGradient(network, task);

            var expected = Result(automatic);

            Assert.True(NetworkTape.Supports(network, ScalarType.Float32));
            var largest = expected.Gradient!.abs().max().item<float>();
            Assert.True(largest > 1e-3);
            // Nothing is left of the minibatch before, nor of one that failed half-way.
            Result(own, rows: 8);
            Assert.ThrowsAny<SystemException>(() => Result(own, isLabelled: false));
            var actual = Result(own);
            Assert.Equal(expected.LossSum, actual.LossSum, 1e-4);
            Assert.Equal(expected.MetricSum, actual.MetricSum);
            // Both are float32, and a normalisation of four values enlarges roundings.
            Assert.InRange((expected.Gradient - actual.Gradient!).abs().max().item<float>(), 0, 2e-5 * Math.Max(1, largest));
        }
    }

    [Fact]
    public void A_row_beyond_the_range_of_numbers_has_no_gradient()
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(
            new GruCell(4), Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, Steps, Features, RandomSequences.Classes,
            Scaling: new FeatureScaling([0, 0, 0], [float.MaxValue, 1, 1]));
        using var network = new RecurrentNetwork(spec, seed: 2, CPU);
        using var own = new KernelGradient(network, Classification.Task(RandomSequences.Classes));

        var result = Result(own, distance: 100);

        Assert.True(double.IsNaN(result.LossSum));
        Assert.True(result.Gradient!.isnan().any().item<bool>());
    }

    [Fact]
    public void Reduced_precision_and_unknown_registers_are_libtorchs()
    {
        var spec = new NetworkSpec(new GruCell(4), Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, Steps, Features, RandomSequences.Classes);
        using var gru = new RecurrentNetwork(spec, seed: 2, CPU);
        using var peepholes = new RecurrentNetwork(spec with { Cell = new LstmCell(4) { UsePeepholes = true } }, seed: 2, CPU);

        Assert.False(NetworkTape.Supports(gru, ScalarType.BFloat16));
        // This cell computes in float32 whatever the others do.
        Assert.True(NetworkTape.Supports(peepholes, ScalarType.BFloat16));
    }

    private static ShardResult Result(IShardGradient gradient, int rows = Rows, float distance = 0, bool isLabelled = true)
    {
        using var dropout = new Generator(5, CPU);
        var batch = RandomSequences.Set(rows, Steps, Features, distance).Gather([.. Enumerable.Range(0, rows)], unit: 1, CPU);
        batch.Inputs[0, 1, 2] = float.NaN;
        return gradient.Compute(isLabelled ? batch : batch with { Targets = full_like(batch.Targets, 1000) }, rows, dropout);
    }
}
