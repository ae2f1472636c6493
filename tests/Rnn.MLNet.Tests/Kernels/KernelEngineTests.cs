using System.Runtime.Intrinsics;
using Rnn.MLNet.Tests.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The library's own kernels against libtorch in double precision, whose gradients are checked by differences: every cell, every register width.</summary>
public sealed class KernelEngineTests
{
    private const double Tolerance = 3e-6;

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
            using var scope = NewDisposeScope();
            var situation = Situation.Draw(cell, batch, steps, inputs);
            foreach (var everyStep in (bool[])[true, false])
            {
                Tensor[] expected = situation.Expected(everyStep);
                AssertSmall(situation.Compare(expected, everyStep, cell.Step<Lanes256>(inputs)));
                // Without registers of this width every value is computed by itself, slowly.
                if (units < 33 || Vector512.IsHardwareAccelerated)
                {
                    AssertSmall(situation.Compare(expected, everyStep, cell.Step<Lanes512>(inputs)));
                    AssertSmall(situation.Compare(expected, everyStep, cell.Step<Lanes1024>(inputs)));
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
        var situation = Situation.Draw(cell, batch: 5, steps: 6, inputs: 4, blankSteps, largest);
        AssertSmall(situation.Compare(situation.Expected(everyStep: true), everyStep: true, cell.Step<Lanes256>(4)));
    }

    /// <summary>Features of 0 and tiny shifts make tiny states, which the normalisation enlarges: their errors must be in proportion.</summary>
    [Fact]
    public void Tiny_states_are_normalised_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var cell = CellTable.Of(CellSamples.All["layer norm"] with { Units = 21 }).Recurrence;
        var situation = Situation.Draw(cell, batch: 3, steps: 4, inputs: 2, blankSteps: 4);
        foreach (var weight in situation.Weights.Where(weight => weight.Name is LayerNormLstm.GateShift or LayerNormLstm.StateShift))
        {
            weight.Value.mul_(1e-7);
        }

        AssertSmall(situation.Compare(situation.Expected(everyStep: true), everyStep: true, cell.Step<Lanes256>(2)));
    }

    /// <summary>The mean of equal values is rounded: what is left must not be taken for a deviation.</summary>
    [Fact]
    public void Large_values_that_are_all_equal_are_normalised_to_nothing()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var cell = CellTable.Of(CellSamples.All["layer norm"] with { Units = 23 }).Recurrence;
        var situation = Situation.Draw(cell, batch: 60, steps: 2, inputs: 1, largest: 1e5);
        situation.Weights.Single(weight => weight.Name == WeightNames.Kernel).Value.fill_(0.1);
        situation.Weights.Single(weight => weight.Name == WeightNames.RecurrentKernel).Value.zero_();

        AssertSmall(situation.Compare(situation.Expected(everyStep: true), everyStep: true, cell.Step<Lanes256>(1)));
    }

    [Fact]
    public void Inputs_that_do_not_lie_in_order_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float32, CPU, generator: generator).mul_(0.3);
        var inputs = Draw(4, 3, 2);
        Tensor[] weights = [Draw(4 * 5, 2), Draw(4 * 5, 5), Draw(4 * 5)];
        float[] Gradients(Tensor given)
        {
            using var run = Run();
            return KernelEngineTests.Gradients(run, weights, given, everyStep: true);
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
        Tensor[] weights = [Draw(4 * 5, 2), Draw(4 * 5, 5), Draw(4 * 5)];
        Tensor large = Draw(9, 7, 2), small = Draw(3, 4, 2);
        using CellRun used = Run(), first = Run(), other = Run();

        var expected = Gradients(first, weights, small, everyStep: false);
        Gradients(used, weights, large, everyStep: false);

        Assert.Equal(expected, Gradients(used, weights, small, everyStep: false));
        Assert.Equal(Gradients(other, weights, large, everyStep: false), Gradients(used, weights, large, everyStep: false));
    }

    [Fact]
    public void Numbers_of_other_types_are_libtorchs()
    {
        Assert.Equal(Vector256.IsHardwareAccelerated, KernelEngine.Supports(DeviceType.CPU, ScalarType.Float32));
        Assert.False(KernelEngine.Supports(DeviceType.CPU, ScalarType.Float64));
        Assert.False(KernelEngine.Supports(DeviceType.CPU, ScalarType.BFloat16));
        Assert.False(KernelEngine.Supports(DeviceType.CUDA, ScalarType.Float32));
    }

    private static void AssertSmall(Deviation deviation) => Assert.True(deviation.IsWithin(Tolerance), deviation.ToString());

    private static CellRun Run() => new(new KernelStep<LstmKernel, Lanes256>(5, 2, hasCellState: true), keepsSteps: true);

    /// <summary>Returns the gradients of the sum of the squared outputs.</summary>
    private static float[] Gradients(CellRun run, Tensor[] weights, Tensor inputs, bool everyStep)
    {
        Tensor[] gradients = [.. weights.Select(weight => empty_like(weight))];
        run.Backward(weights, 2 * run.Forward(weights, inputs, masks: null, everyStep), everyStep, gradients, ofInputs: false);
        return [.. gradients.SelectMany(gradient => gradient.data<float>().ToArray())];
    }
}
