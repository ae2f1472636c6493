using System.Runtime.Intrinsics;
using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The library's own kernels against libtorch in double precision, whose gradients are checked by differences: every cell, every register width.</summary>
public sealed class KernelEngineTests
{
    /// <summary>Relative to the largest number of a tensor.</summary>
    private const float Tolerance = 3e-6f;

    /// <summary>Batches, steps, inputs and units around the widths of tiles and panels.</summary>
    private static readonly (int Batch, int Steps, int Inputs, int Units)[] Sizes =
        [(1, 1, 1, 1), (2, 3, 5, 7), (3, 4, 1, 32), (4, 2, 3, 33), (7, 5, 28, 64), (9, 28, 28, 100), (13, 2, 17, 21)];

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Outputs_and_gradients_are_those_of_libtorch(string name)
    {
        foreach (var (batch, steps, inputs, units) in Sizes)
        {
            var cell = CellTable.Of(CellSamples.All[name] with { Units = units }).Recurrence;
            var situation = new Situation(cell, batch, steps, inputs);
            foreach (var everyStep in (bool[])[true, false])
            {
                using var scope = NewDisposeScope();
                Tensor[] expected = situation.Differentiate(everyStep, ScalarType.Float64, run: null);
                situation.Check(expected, everyStep, cell.Step<Lanes256>(inputs));
                // Without registers of this width every value is computed by itself, slowly.
                if (units < 33 || Vector512.IsHardwareAccelerated)
                {
                    situation.Check(expected, everyStep, cell.Step<Lanes512>(inputs));
                    situation.Check(expected, everyStep, cell.Step<Lanes1024>(inputs));
                }
            }
        }
    }

    /// <summary>Before the first feature that is not 0, the values to normalise are all equal: they have no gradient. With large ones their squares overflow.</summary>
    [Theory]
    [InlineData("layer norm", 3, 1)]
    [InlineData("layer norm", 0, 1e20)]
    [InlineData("layer norm, dropout", 2, 1e18)]
    public void So_they_are_at_the_ends_of_normalisation(string name, int blankSteps, double largest)
    {
        using var scope = NewDisposeScope();
        var cell = CellTable.Of(CellSamples.All[name] with { Units = 21 }).Recurrence;
        var situation = new Situation(cell, batch: 5, steps: 6, inputs: 4, blankSteps, largest);
        situation.Check(situation.Differentiate(everyStep: true, ScalarType.Float64, run: null), everyStep: true, cell.Step<Lanes256>(4));
    }

    [Fact]
    public void Inputs_that_do_not_lie_in_order_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: generator).mul_(0.3);
        var inputs = Draw(4, 3, 2);
        Tensor[] weights = [Draw(4 * 5, 2).requires_grad_(), Draw(4 * 5, 5).requires_grad_(), Draw(4 * 5).requires_grad_()];
        float[] Gradients(Tensor given)
        {
            var loss = KernelEngine.Run(Run(keepsSteps: true), given, weights, masks: null, everyStep: true).square().sum();
            return [.. Differentiation.Gradients(loss, weights).SelectMany(gradient => gradient.data<float>().ToArray())];
        }

        // The same numbers with the features, time or rows first in memory, and with others between the steps and behind the features.
        Tensor[] elsewhere =
        [
            inputs.permute(2, 1, 0).contiguous().permute(2, 1, 0), inputs.transpose(0, 1).contiguous().transpose(0, 1),
            cat([inputs, inputs], 2).narrow(2, 0, 2), cat([inputs, inputs], 2).view(4, 6, 2)[.., TensorIndex.Slice(0, 6, 2)],
        ];
        Assert.All(elsewhere, given =>
        {
            Assert.False(given.is_contiguous());
            Assert.Equal(Gradients(inputs), Gradients(given));
        });
    }

    /// <summary>Memory is kept from minibatch to minibatch, of any sizes: nothing of the one before may be seen.</summary>
    [Fact]
    public void A_run_does_not_depend_on_the_runs_before_it()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: generator);
        Tensor[] weights = [Draw(4 * 5, 2).requires_grad_(), Draw(4 * 5, 5).requires_grad_(), Draw(4 * 5).requires_grad_()];
        Tensor large = Draw(9, 7, 2), small = Draw(3, 4, 2);
        var used = Run(keepsSteps: true);
        float[] Gradients(CellRun run, Tensor inputs) =>
            [.. Differentiation.Gradients(KernelEngine.Run(run, inputs, weights, null, everyStep: false).sum(), weights).SelectMany(gradient => gradient.data<float>().ToArray())];

        var expected = Gradients(Run(keepsSteps: true), small);
        Gradients(used, large);

        Assert.Equal(expected, Gradients(used, small));
        Assert.Equal(Gradients(Run(keepsSteps: true), large), Gradients(used, large));
    }

    [Fact]
    public void A_run_is_differentiated_once_and_before_the_next()
    {
        using var scope = NewDisposeScope();
        Tensor[] weights = [ones(20, 2).requires_grad_(), ones(20, 5).requires_grad_(), ones(20).requires_grad_()];
        var run = Run(keepsSteps: true);
        Tensor Loss() => KernelEngine.Run(run, ones(1, 3, 2), weights, null, everyStep: false).sum();

        var loss = Loss();
        loss.backward(retain_graph: true);
        Differentiation.ThrowIfFailed();
        loss.backward(retain_graph: true);
        Assert.Contains("can be differentiated once", Assert.Throws<InvalidOperationException>(Differentiation.ThrowIfFailed).Message);

        loss = Loss();
        using (no_grad())
        {
            Loss();
        }

        loss.backward();
        Assert.Contains("before the next run", Assert.Throws<InvalidOperationException>(Differentiation.ThrowIfFailed).Message);
    }

    [Fact]
    public void Numbers_of_other_types_are_libtorchs()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(Vector256.IsHardwareAccelerated, KernelEngine.Supports(zeros([1], ScalarType.Float32, CPU)));
        Assert.False(KernelEngine.Supports(zeros([1], ScalarType.Float64, CPU)));
        Assert.False(KernelEngine.Supports(zeros([1], ScalarType.BFloat16, CPU)));
    }

    private static CellRun Run(bool keepsSteps) => new(new KernelStep<LstmKernel, Lanes256>(5, 2, hasCellState: true), keepsSteps);

    /// <summary>A cell with random weights, inputs, masks and weighting of its outputs, all small enough that a rounding does not grow from step to step.</summary>
    private sealed class Situation(IRecurrence cell, int batch, int steps, int inputs, int blankSteps = 0, double largest = 1)
    {
        public Tensor[] Differentiate(bool everyStep, ScalarType type, CellRun? run)
        {
            using var generator = new Generator(7, CPU);
            Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float64, CPU, generator: generator).mul_(1 / Math.Sqrt(1 + shape[^1])).to(type).detach().requires_grad_();
            var x = Draw(batch, steps, inputs);
            using (no_grad())
            {
                x.mul_(largest);
                x.narrow(1, 0, blankSteps).zero_();
            }

            NamedWeight[] weights = [.. cell.Weights(inputs).Select(weight => new NamedWeight(weight.Name, Draw(weight.Shape)))];
            var weighting = randn([batch, steps, cell.OutputSize], ScalarType.Float64, CPU, generator: generator).to(type);
            using var dropout = new Generator(3, CPU);
            var masks = cell.Masks(x.detach().to(ScalarType.Float64), dropout)?.to(type);
            Tensor[] values = [.. weights.Select(weight => weight.Value)];
            var outputs = run is null
                ? Result(cell.Run(new RecurrenceInput(x), new CellWeights(weights), masks, everyStep))
                : KernelEngine.Run(run, x, values, masks, everyStep);
            var loss = (outputs * (everyStep ? weighting : weighting.select(1, 0))).sum();
            return is_grad_enabled() ? [outputs, .. autograd.grad([loss], [x, .. values])] : [outputs];
        }

        public void Check(Tensor[] expected, bool everyStep, ICellStep step)
        {
            var actual = Differentiate(everyStep, ScalarType.Float32, new CellRun(step, keepsSteps: true));
            foreach (var (expectedTensor, actualTensor) in expected.Zip(actual))
            {
                Assert.Equal(expectedTensor.shape, actualTensor.shape);
                var scale = Math.Max(1, expectedTensor.abs().max().item<double>());
                Assert.InRange((expectedTensor - actualTensor.to(ScalarType.Float64)).abs().max().item<double>() / scale, 0, Tolerance);
            }

            // Without gradients nothing is kept, and some cells take fewer operations.
            using var _ = no_grad();
            var scored = Differentiate(everyStep, ScalarType.Float32, new CellRun(step, keepsSteps: false))[0];
            Assert.InRange((expected[0] - scored.to(ScalarType.Float64)).abs().max().item<double>(), 0, Tolerance);
        }

        private static Tensor Result(RecurrenceOutput output) => output.Outputs ?? output.FinalState.Output;
    }
}
