using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The library's own kernels against libtorch's functions: outputs and gradients.</summary>
public sealed class KernelEngineTests
{
    /// <summary>Batches, steps, inputs and units around the widths of tiles and panels.</summary>
    public static TheoryData<string, int, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int, int>();
            foreach (var cell in (string[])["lstm", "gru", "rnn"])
            {
                foreach (var (batch, steps, inputs, units) in ((int, int, int, int)[])[(1, 1, 1, 1), (2, 3, 5, 7), (3, 4, 1, 32), (4, 2, 3, 33), (7, 5, 28, 64), (9, 28, 28, 100)])
                {
                    cases.Add(cell, batch, steps, inputs, units);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_libtorch(string cell, int batch, int steps, int inputs, int units)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7, CPU);
        var gates = cell switch { "lstm" => 4, "gru" => 3, _ => 1 };
        // Small enough that a rounding does not grow from step to step.
        Tensor Random(params long[] shape) => randn(shape, generator: generator).mul_(1 / Math.Sqrt(1 + shape[^1])).requires_grad_();
        var x = Random(batch, steps, inputs);
        List<Tensor> weights = [Random(gates * units, inputs), Random(gates * units, units), Random(gates * units)];
        if (cell == "gru")
        {
            weights.Add(Random(gates * units));
        }

        var weighting = randn([batch, steps, units], generator: generator);
        foreach (var everyStep in (bool[])[true, false])
        {
            Tensor[] expected = Differentiate(Libtorch(everyStep)), actual = Differentiate(Own(everyStep));
            foreach (var (expectedTensor, actualTensor) in expected.Zip(actual))
            {
                Assert.Equal(expectedTensor.shape, actualTensor.shape);
                var scale = Math.Max(1, expectedTensor.abs().max().item<float>());
                Assert.InRange((expectedTensor - actualTensor).abs().max().item<float>() / scale, 0, 2e-6);
            }

            // Without gradients nothing is kept, and nothing changes.
            using var _ = no_grad();
            Assert.Equal(0, (actual[0] - Own(everyStep)).abs().max().item<float>());
        }

        // Elsewhere the layers take libtorch's functions; the kernels compute the same, if slowly.
        Assert.Equal(Vector256.IsHardwareAccelerated, KernelEngine<LstmKernel>.Supports(x));

        Tensor[] Differentiate(Tensor outputs)
        {
            var loss = (outputs * (outputs.dim() == 3 ? weighting : weighting.select(1, 0))).sum();
            return [outputs, .. autograd.grad([loss], [x, .. weights])];
        }

        Tensor Libtorch(bool everyStep) => cell switch
        {
            "lstm" => Result(LstmRecurrence.Fused.Run(everyStep, x, [.. weights])),
            "gru" => Result(GruRecurrence.Fused.Run(everyStep, x, [.. weights])),
            _ => Result(BasicRnnRecurrence.Fused.Run(everyStep, x, [.. weights])),
        };

        static Tensor Result(RecurrenceOutput output) => output.Outputs ?? output.FinalState.Output;

        Tensor Own(bool everyStep) => cell switch
        {
            "lstm" => KernelEngine<LstmKernel>.Run(x, KernelWeights.Of([.. weights]), everyStep),
            "gru" => KernelEngine<GruKernel>.Run(x, KernelWeights.Of([.. weights]), everyStep),
            _ => KernelEngine<BasicRnnKernel>.Run(x, KernelWeights.Of([.. weights]), everyStep),
        };
    }
}
