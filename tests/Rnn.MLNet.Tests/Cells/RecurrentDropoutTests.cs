using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Recurrent dropout multiplies the candidate and nothing else, step by step, with and without layer normalisation.</summary>
public sealed class RecurrentDropoutTests
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
        var cell = CellTable.Of(new LayerNormBasicLstmCell(Units) { LayerNorm = layerNorm, DropoutKeepProb = 0.6 }).Recurrence;
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: drawn);
        var inputs = Draw(Batch, Steps, Inputs);
        var weights = new CellWeights([.. cell.Weights(Inputs).Select(weight => new NamedWeight(weight.Name, Draw(weight.Shape)))]);
        RecurrenceOutput Run(Generator? dropout, bool everyStep) => cell.Run(new RecurrenceInput(inputs), weights, cell.Masks(inputs, dropout), everyStep);

        var actual = Run(generator, everyStep: true).Outputs!;

        generator.manual_seed(6);
        var mask = DropoutMask.Draw([Steps, Batch, Units], 0.6, generator, inputs);
        Tensor Normal(Tensor values) => layerNorm ? layer_norm(values, [Units], eps: 1e-12) : values;
        Tensor h = zeros(Batch, Units), c = zeros(Batch, Units);
        for (var t = 0; t < Steps; t++)
        {
            var preActivations = (inputs.select(1, t).matmul(weights[WeightNames.Kernel].t()) + h.matmul(weights[WeightNames.RecurrentKernel].t())).view(Batch, 4, Units);
            var gates = layerNorm
                ? Normal(preActivations) * weights[LayerNormLstm.GateGain].view(4, Units) + weights[LayerNormLstm.GateShift].view(4, Units)
                : preActivations + weights[WeightNames.Bias].view(4, Units);
            var (i, f, g, o) = (gates.select(1, 0).sigmoid(), gates.select(1, 1).sigmoid(), gates.select(1, 2).tanh(), gates.select(1, 3).sigmoid());
            c = Normal(f * c + i * g * mask[t]);
            c = layerNorm ? c * weights[LayerNormLstm.StateGain] + weights[LayerNormLstm.StateShift] : c;
            h = o * c.tanh();
            Assert.InRange((actual.select(1, t) - h).abs().max().item<float>(), 0, 1e-5);
        }

        Assert.InRange((Run(null, everyStep: false).FinalState.Output - h).abs().max().item<float>(), 1e-3, 2);
        generator.manual_seed(6);
        Assert.InRange((Run(generator, everyStep: false).FinalState.Output - h).abs().max().item<float>(), 0, 1e-5);
    }
}
