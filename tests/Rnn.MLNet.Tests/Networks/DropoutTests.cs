using CsCheck;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>What dropout draws, and where in a network it acts.</summary>
public sealed class DropoutTests
{
    private const int Batch = 5, Steps = 4, Features = 3, Units = 6, Classes = 3;
    private const double Dropped = 0.3;

    [Fact]
    public void A_mask_is_zero_or_what_keeps_the_mean() =>
        Gen.Select(Gen.Double[0.05, 0.95], Gen.Int[0, 1000]).Sample((keep, seed) =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)seed, CPU);
            const int Count = 40 * 50;
            var mask = DropoutMask.Draw([40, 50], keep, generator, zeros(1));

            Assert.Equal([40, 50], mask.shape);
            var kept = mask.data<float>().Where(value => value != 0).ToArray();
            Assert.All(kept, value => Assert.Equal(1 / keep, value, 1e-6 / keep));
            // Seven standard deviations of a binomial distribution.
            var most = 7 * Math.Sqrt(Count * keep * (1 - keep));
            Assert.InRange(kept.Length, Count * keep - most, Count * keep + most);
        }, iter: 40);

    [Fact]
    public void A_mask_has_the_type_of_what_it_is_for()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);

        Assert.Equal(ScalarType.BFloat16, DropoutMask.Draw([2], 0.5, generator, zeros(1, ScalarType.BFloat16)).dtype);
    }

    [Fact]
    public void The_mean_of_what_the_output_layer_sees_stays()
    {
        using var scope = NewDisposeScope();
        using var network = Network(layers: 1, bidirectional: false, ReadOut.FinalState);
        using var generator = new Generator(1, CPU);
        var row = Sequences(1);

        var dropped = network.Forward(row.expand(20_000, -1, -1), Training(generator));

        Assert.True(dropped.std(0).min().item<float>() > 0.05, "Too little is dropped to tell anything.");
        AssertClose(network.Forward(row, ForwardPass.Scoring)[0], dropped.mean([0]), 0.01);
    }

    [Theory]
    [InlineData(1, false, ReadOut.FinalState)]
    [InlineData(2, false, ReadOut.FinalState)]
    [InlineData(3, true, ReadOut.LastOutput)]
    [InlineData(2, true, ReadOut.MeanPool)]
    public void It_acts_between_the_layers_and_before_the_output_layer(int layers, bool bidirectional, ReadOut readOut)
    {
        using var scope = NewDisposeScope();
        using var network = Network(layers, bidirectional, readOut);
        using var generator = new Generator(3, CPU);
        var width = bidirectional ? 2 * Units : Units;
        var sequences = Sequences(Batch);

        var actual = network.Forward(sequences, Training(generator));

        generator.manual_seed(3);
        Tensor Drop(Tensor values, params long[] shape) => values * DropoutMask.Draw(shape, 1 - Dropped, generator, values);
        var values = sequences;
        for (var layer = 0; layer < layers; layer++)
        {
            // Every unit of every step of every row for itself.
            values = layer == 0 ? values : Drop(values, Batch, Steps, width);
            var output = network.Layers[layer].Run(new LayerInput(values), ForwardPass.Scoring, everyStep: true);
            values = layer < layers - 1 || readOut != ReadOut.FinalState ? output.Outputs! : output.FinalState.Output;
        }

        values = readOut switch { ReadOut.LastOutput => values.select(1, -1), ReadOut.MeanPool => values.sum(1) / Steps, _ => values };
        AssertClose(Drop(values, Batch, width).matmul(network.HeadKernel.t()) + network.HeadBias, actual, 1e-6);
    }

    [Fact]
    public void A_recurrent_mask_is_another_in_every_step()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        var inputs = Sequences(Batch);
        const double Keep = 0.8;

        var mask = new RecurrentDropout(Keep).Masks(inputs, 500, generator)!;

        Assert.Equal([Steps, Batch, 500], mask.shape);
        var values = mask.data<float>().ToArray();
        Assert.All(values, value => Assert.True(value is 0 or 1.25f));
        Assert.InRange(values.Count(value => value > 0) / (double)values.Length, Keep - 0.02, Keep + 0.02);
        // Two masks agree in 0.8² + 0.2² of their places.
        Assert.All(Enumerable.Range(1, Steps - 1), step => Assert.InRange(mask[0].eq(mask[step]).to(ScalarType.Float32).mean().item<float>(), 0.63, 0.73));
    }

    [Fact]
    public void Nothing_is_dropped_in_scoring_or_with_a_probability_of_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        using var network = Network(layers: 2, bidirectional: true, ReadOut.MeanPool);
        using var without = Network(layers: 2, bidirectional: true, ReadOut.MeanPool, dropout: 0);
        var inputs = Sequences(Batch);

        Assert.Null(new RecurrentDropout(0.5).Masks(inputs, Units, null));
        Assert.Null(new RecurrentDropout(1).Masks(inputs, Units, generator));
        AssertClose(without.Forward(inputs, Training(generator)), network.Forward(inputs, ForwardPass.Scoring), 0);
    }

    private static ForwardPass Training(Generator generator) => new(generator, ScalarType.Float32);

    private static RecurrentNetwork Network(int layers, bool bidirectional, ReadOut readOut, double dropout = Dropped) =>
        new(new NetworkSpec(new GruCell(Units), layers, bidirectional, dropout, readOut, Steps, Features, Classes), seed: 2, CPU);

    private static Tensor Sequences(int rows)
    {
        using var generator = new Generator(9, CPU);
        return randn([rows, Steps, Features], ScalarType.Float32, CPU, generator: generator);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);
    }
}
