using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>What a network is made of: names, shapes, one vector for all, twins that share it, and the types that layers compute in.</summary>
public sealed class NetworkStructureTests
{
    private const int Steps = 3, Features = 2, Classes = 5;

    public static TheoryData<RnnCell, string[]> Cells => new()
    {
        { new BasicRnnCell(4), ["kernel 4×2", "recurrent_kernel 4×4", "bias 4"] },
        { new BasicLstmCell(4), ["kernel 16×2", "recurrent_kernel 16×4", "bias 16"] },
        { new GruCell(4), ["kernel 12×2", "recurrent_kernel 12×4", "bias 12", "recurrent_bias 12"] },
        { new GruCell(4) { ResetAfter = false }, ["kernel 12×2", "recurrent_kernel 12×4", "bias 12"] },
        { new LstmCell(4), ["kernel 16×2", "recurrent_kernel 16×4", "bias 16"] },
        { new LstmCell(4) { UsePeepholes = true, ProjectionSize = 3 }, ["kernel 16×2", "recurrent_kernel 16×3", "bias 16", "peepholes 3×4", "projection 3×4"] },
        { new LayerNormBasicLstmCell(4), ["kernel 16×2", "recurrent_kernel 16×4", "gate_gain 16", "gate_shift 16", "state_gain 4", "state_shift 4"] },
        { new LayerNormBasicLstmCell(4) { LayerNorm = false }, ["kernel 16×2", "recurrent_kernel 16×4", "bias 16"] },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_weight_has_its_name_and_its_shape(RnnCell cell, string[] weights)
    {
        Assert.Equal(weights, CellTable.Of(cell).Recurrence.Weights(Features).Select(Describe));
    }

    [Fact]
    public void A_deep_network_takes_both_directions_of_a_layer_as_the_next_ones_inputs()
    {
        var spec = new NetworkSpec(new BasicRnnCell(4), Layers: 2, Bidirectional: true, 0, ReadOut.FinalState, Steps, Features, Classes);

        Assert.Equal(
            [
                "layer0/forward/kernel 4×2", "layer0/forward/recurrent_kernel 4×4", "layer0/forward/bias 4",
                "layer0/backward/kernel 4×2", "layer0/backward/recurrent_kernel 4×4", "layer0/backward/bias 4",
                "layer1/forward/kernel 4×8", "layer1/forward/recurrent_kernel 4×4", "layer1/forward/bias 4",
                "layer1/backward/kernel 4×8", "layer1/backward/recurrent_kernel 4×4", "layer1/backward/bias 4",
                "head/kernel 5×8", "head/bias 5",
            ],
            RecurrentNetwork.Weights(spec).Select(Describe));
    }

    [Fact]
    public void The_layers_have_the_weights_of_their_names()
    {
        var spec = new NetworkSpec(new BasicRnnCell(4), Layers: 2, Bidirectional: true, 0, ReadOut.FinalState, Steps, Features, Classes);
        using var network = new RecurrentNetwork(spec, seed: 1, CPU);

        Assert.Equal(
            network.Parameters.Weights.SkipLast(2).Select(weight => weight.Value),
            network.Layers.SelectMany(layer => layer.Directions).SelectMany(weights => weights.All.Select(weight => weight.Value)));
        Assert.All(network.Layers, layer => Assert.Equal(2, layer.Directions.Count));
        Assert.Same(network.Parameters.Weights[3].Value, network.Layers[0].Directions[1][WeightNames.Kernel]);
        Assert.Same(network.Parameters.Weights[^2].Value, network.HeadKernel);
        Assert.Same(network.Parameters.Weights[^1].Value, network.HeadBias);
        using var single = new RecurrentNetwork(spec with { Bidirectional = false }, seed: 1, CPU);
        Assert.All(single.Layers, layer => Assert.Single(layer.Directions));
    }

    [Fact]
    public void Weights_lie_one_after_the_other_and_ranges_say_which_decay()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterSet(
            [
                WeightSpec.GlorotUniform("a", [2, 3], 1, 1), WeightSpec.StandardNormal("b", 4), WeightSpec.Zeros("c", 2), WeightSpec.Constant("d", 7, 3),
                WeightSpec.GlorotUniform("e", [5], 1, 1),
            ],
            seed: 1, CPU);

        Assert.Equal(20, parameters.Count);
        Assert.Equal([new(0, 10, true), new(10, 5, false), new(15, 5, true)], parameters.Ranges);
        Assert.Equal(["a", "b", "c", "d", "e"], parameters.Weights.Select(weight => weight.Name));
        Assert.Equal(parameters.Vector.data<float>(), parameters.Weights.SelectMany(weight => weight.Value.detach().view(-1).data<float>().ToArray()));
        Assert.Equal([0, 0, 7, 7, 7], parameters.Vector.narrow(0, 10, 5).data<float>());
        Assert.All(parameters.Weights, weight => Assert.True(weight.Value.requires_grad));
        parameters.Vector.narrow(0, 6, 1).zero_();
        Assert.Equal(0, parameters.Weights[1].Value[0].item<float>());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_weight_that_is_not_finite_is_seen(float value)
    {
        using var scope = NewDisposeScope();
        foreach (var place in (int[])[0, 3, 6])
        {
            using var parameters = new ParameterSet([WeightSpec.Zeros("a", 3), WeightSpec.Zeros("b", 4)], seed: 1, CPU);
            Assert.True(parameters.AreFinite());
            parameters.Vector.narrow(0, place, 1).fill_(value);
            Assert.False(parameters.AreFinite());
        }
    }

    [Fact]
    public void A_twin_has_the_same_weights_and_gradients_of_its_own()
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(new GruCell(4), Layers: 1, Bidirectional: false, 0, ReadOut.FinalState, Steps, Features, Classes);
        using var network = new RecurrentNetwork(spec, seed: 1, CPU);
        var inputs = ones([2, Steps, Features], ScalarType.Float32, CPU);
        using (var twin = network.Twin())
        {
            using (no_grad())
            {
                network.Parameters.Vector.mul_(0.5);
            }

            Assert.Equal(network.Forward(inputs, ForwardPass.Scoring).data<float>(), twin.Forward(inputs, ForwardPass.Scoring).data<float>());
            twin.Forward(inputs, ForwardPass.Scoring).sum().backward();
            Assert.All(twin.Parameters.Weights, weight => Assert.NotNull(weight.Value.grad));
            Assert.All(network.Parameters.Weights, weight => Assert.Null(weight.Value.grad));
        }

        Assert.True(network.Parameters.AreFinite());
    }

    [Fact]
    public void More_weights_than_can_be_counted_are_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new ParameterSet([WeightSpec.Zeros("a", 1 << 30), WeightSpec.Zeros("b", 2, 1 << 29)], 1, CPU));

        Assert.Equal("The network would have 2,147,483,648 weights; it may have 2,147,483,647. Lower the cell's Units or the number of Layers.", error.Message);
    }

    public static TheoryData<string> Samples => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Loops_compute_in_float32_and_the_rest_in_what_is_asked_for(string name)
    {
        using var scope = NewDisposeScope();
        var cell = CellSamples.All[name];
        var reduces = name is "rnn" or "rnn, relu" or "basic lstm" or "gru, reset after" or "lstm" or "layer norm off";
        var spec = new NetworkSpec(cell, Layers: 1, Bidirectional: true, 0, ReadOut.FinalState, Steps, Features, Classes);
        using var network = new RecurrentNetwork(spec, seed: 1, CPU);
        var inputs = ones([2, Steps, Features], ScalarType.Float32, CPU);
        var pass = new ForwardPass(null, ScalarType.BFloat16);

        Assert.Equal(reduces, CellTable.Of(cell).Recurrence.AllowsReducedPrecision);
        Assert.Equal(reduces ? ScalarType.BFloat16 : ScalarType.Float32, network.Layers[0].Run(new LayerInput(inputs), pass, everyStep: true).Outputs!.dtype);
        var logits = network.Forward(inputs, pass);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        Assert.InRange((logits - network.Forward(inputs, ForwardPass.Scoring)).abs().max().item<float>(), reduces ? 1e-7 : 0, reduces ? 0.05 : 0);
        logits.square().sum().backward();
        Assert.All(network.Parameters.Weights, weight => Assert.Equal(ScalarType.Float32, weight.Value.grad!.dtype));
    }

    [Fact]
    public void A_cell_of_someone_elses_is_refused()
    {
        Assert.Equal("The cell Foreign is not a cell of Rnn.MLNet.", Assert.Throws<NotSupportedException>(() => CellTable.Of(new Foreign(3))).Message);
    }

    [Fact]
    public void A_specification_in_words_is_whole_but_for_the_head()
    {
        Assert.Equal(
            "GruCell { Units = 4, ResetAfter = True, UpdateBias = 1 }, Layers = 2, Bidirectional = True, Dropout = 0.5, ReadOut = MeanPool, TimeSteps = 3, Features = 2",
            new NetworkSpec(new GruCell(4), 2, true, 0.5, ReadOut.MeanPool, Steps, Features, Classes, WeightInitializer.StandardNormal).ToString());
    }

    private static string Describe(WeightSpec weight)
    {
        Assert.Equal(weight.Shape.Aggregate(1L, (product, size) => product * size), weight.Count);
        return $"{weight.Name} {string.Join('×', weight.Shape)}";
    }

    private sealed record Foreign(int Units) : RnnCell(Units);
}
