using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Weights are found by their names, and gates by their letters.</summary>
public sealed class CellWeightsTests
{
    [Fact]
    public void A_weight_is_found_by_its_name_or_missed_by_it()
    {
        using var scope = NewDisposeScope();
        var (kernel, bias) = (ones(2, 3), zeros(2));
        var weights = new CellWeights([new NamedWeight(WeightNames.Kernel, kernel), new NamedWeight(WeightNames.Bias, bias)]);

        Assert.Same(kernel, weights[WeightNames.Kernel]);
        Assert.Same(bias, weights[WeightNames.Bias]);
        Assert.Equal([1, 1, 1, 1, 1, 1], weights.Values(WeightNames.Kernel));
        Assert.Equal(
            "The cell has no weight 'peepholes'; it has kernel, bias.", Assert.Throws<KeyNotFoundException>(() => weights[Lstm.Peepholes]).Message);
    }

    [Fact]
    public void In_another_type_they_keep_their_names()
    {
        using var scope = NewDisposeScope();
        var weights = new CellWeights([new NamedWeight(WeightNames.Kernel, ones(2))]);

        Assert.Same(weights, weights.To(ScalarType.Float32));
        Assert.Equal(ScalarType.BFloat16, weights.To(ScalarType.BFloat16)[WeightNames.Kernel].dtype);
    }

    [Fact]
    public void Gates_go_with_all_of_their_numbers()
    {
        Assert.Equal([1, 2, 7, 8, 3, 4, 5, 6], Lstm.Gates.To(Lstm.OnnxGates, [1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal([1, 3, 2, 4], Lstm.TensorFlowGates.To(Lstm.Gates, [1, 2, 3, 4]));
        Assert.Equal([2, 1, 3], Gru.Gates.To(Gru.OnnxGates, [1, 2, 3]));
        Assert.Equal([1, 3, 2], Lstm.PeepholeGates.To(Lstm.OnnxPeepholeGates, [1, 2, 3]));
    }
}
