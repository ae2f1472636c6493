using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>What a layer runs over and what it gives: outputs and a final state; lengths and initial states are refused, not overlooked.</summary>
public sealed class RecurrentLayerTests
{
    private const int Batch = 3, Steps = 4, Features = 2;

    public static TheoryData<string> Samples => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_final_state_is_each_directions_last_output(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name);
        var layer = network.Layers[0];
        var input = new LayerInput(rand([Batch, Steps, Features], ScalarType.Float32, CPU));

        var every = layer.Run(input, ForwardPass.Scoring, everyStep: true);
        var final = layer.Run(input, ForwardPass.Scoring, everyStep: false);

        Assert.Null(final.Outputs);
        var size = every.Outputs!.shape[2] / 2;
        Tensor[] expected = [every.Outputs.select(1, -1).narrow(1, 0, size), every.Outputs.select(1, 0).narrow(1, size, size)];
        foreach (var state in (LayerState[])[every.FinalState, final.FinalState])
        {
            Assert.All(expected.Zip(state.Directions), pair => Assert.Equal(0, (pair.First - pair.Second.Output).abs().max().item<float>()));
            Assert.Equal(0, (cat(expected, 1) - state.Output).abs().max().item<float>());
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Lengths_and_initial_states_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name);
        var inputs = zeros([Batch, Steps, Features], ScalarType.Float32, CPU);
        var state = new CellState(zeros(Batch, 4));
        foreach (var input in (LayerInput[])[new(inputs, Lengths: ones(Batch)), new(inputs, InitialState: new LayerState(state, state))])
        {
            Assert.Contains(
                "lengths and initial states are not supported yet",
                Assert.Throws<NotSupportedException>(() => network.Layers[0].Run(input, ForwardPass.Scoring, everyStep: true)).Message);
        }
    }

    [Fact]
    public void Given_numbers_take_the_place_of_drawn_ones()
    {
        var spec = new NetworkSpec(new BasicRnnCell(2), Layers: 1, Bidirectional: false, 0, ReadOut.FinalState, Steps, Features, Outputs: 3);
        using var drawn = new RecurrentNetwork(spec, seed: 1, CPU);
        using var given = new RecurrentNetwork(spec, seed: 1, CPU, Weights("layer0/forward/kernel", 1, 2, 3, 4));

        Assert.Equal([1, 2, 3, 4], given.Layers[0].Directions[0].Values(WeightNames.Kernel));
        Assert.Equal(drawn.Layers[0].Directions[0].Values(WeightNames.RecurrentKernel), given.Layers[0].Directions[0].Values(WeightNames.RecurrentKernel));
        Assert.Equal(
            "The weight 'layer0/forward/kernel' of shape [2, 2] needs 4 numbers; there are 3.",
            Assert.Throws<ArgumentException>(() => new RecurrentNetwork(spec, 1, CPU, Weights("layer0/forward/kernel", 1, 2, 3))).Message);
        Assert.StartsWith(
            "The network has no weight 'kernel'; it has 'layer0/forward/kernel', 'layer0/forward/recurrent_kernel',",
            Assert.Throws<ArgumentException>(() => new RecurrentNetwork(spec, 1, CPU, Weights("kernel", 1))).Message);
    }

    private static InitialWeights Weights(string name, params float[] numbers) => new(new Dictionary<string, float[]> { [name] = numbers });

    private static RecurrentNetwork Network(string name) =>
        new(new NetworkSpec(CellSamples.All[name], Layers: 1, Bidirectional: true, 0, ReadOut.FinalState, Steps, Features, Outputs: 3), seed: 1, CPU);
}
