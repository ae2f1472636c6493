using Rnn.MLNet.Cells;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>Recurrent dropout multiplies the candidate and nothing else, step by step, with and without layer normalisation.</summary>
public sealed class RecurrentDropoutLoops
{
    private const int Batch = 3, Steps = 5, Inputs = 2, Units = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_candidate_is_dropped(bool layerNorm)
    {
        using var scope = NewDisposeScope();
        using var drawn = new Generator(4, CPU);
        using var generator = new Generator(6, CPU);
        var cell = CellFactory.Create(new LayerNormBasicLstmCell(Units) { LayerNorm = layerNorm, DropoutKeepProb = 0.6 });
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: drawn);
        var inputs = Draw(Batch, Steps, Inputs);
        Tensor[] weights = [.. cell.Weights(Inputs).Select(weight => Draw(weight.Shape))];

        var actual = cell.Run(inputs, weights, generator, everyStep: true);

        generator.manual_seed(6);
        var mask = DropoutMask.Draw([Steps, Batch, Units], 0.6, generator, inputs);
        Tensor Normal(Tensor values) => layerNorm ? layer_norm(values, [Units], eps: 1e-12) : values;
        Tensor h = zeros(Batch, Units), c = zeros(Batch, Units);
        for (var t = 0; t < Steps; t++)
        {
            var sums = (inputs.select(1, t).matmul(weights[0].t()) + h.matmul(weights[1].t())).view(Batch, 4, Units);
            var gates = layerNorm ? Normal(sums) * weights[2].view(4, Units) + weights[3].view(4, Units) : sums + weights[2].view(4, Units);
            var (i, f, g, o) = (gates.select(1, 0).sigmoid(), gates.select(1, 1).sigmoid(), gates.select(1, 2).tanh(), gates.select(1, 3).sigmoid());
            c = Normal(f * c + i * g * mask[t]);
            c = layerNorm ? c * weights[4] + weights[5] : c;
            h = o * c.tanh();
            Assert.InRange((actual.select(1, t) - h).abs().max().item<float>(), 0, 1e-5);
        }

        Assert.InRange((cell.Run(inputs, weights, null, everyStep: false) - h).abs().max().item<float>(), 1e-3, 2);
        generator.manual_seed(6);
        Assert.InRange((cell.Run(inputs, weights, generator, everyStep: false) - h).abs().max().item<float>(), 0, 1e-5);
    }
}
