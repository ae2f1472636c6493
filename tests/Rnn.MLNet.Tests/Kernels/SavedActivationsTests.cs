using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>What a kernel saves of a run, and for which inputs there is one.</summary>
public sealed unsafe class SavedActivationsTests
{
    [Theory]
    [InlineData(true, 5, 6)]
    [InlineData(false, 1, 1)]
    public void Room_for_every_step_is_taken_for_a_backward_pass_only(bool keeps, int steps, int states)
    {
        using var scope = NewDisposeScope();
        var activations = new SavedActivations(Batch: 3, Steps: 5, Units: 7, Width: 8, Blocks: 4, keeps);

        Assert.Equal([steps, 3, 32], activations.PreActivations.shape);
        Assert.Equal([6, 3, 8], activations.Outputs.shape);
        Assert.Equal([states, 3, 8], activations.CellStates.shape);
        Assert.All([.. activations.Outputs[0].data<float>(), .. activations.CellStates[0].data<float>()], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Between_columns_that_are_no_units_there_are_zeros()
    {
        using var scope = NewDisposeScope();
        // Where numbers lay before.
        for (var i = 0; i < 20; i++)
        {
            using var used = full([1000], 7, ScalarType.Float32, CPU);
        }

        var packed = new SavedActivations(Batch: 1, Steps: 1, Units: 7, Width: 8, Blocks: 4, KeepsSteps: false).Packed(1000);

        Assert.All(packed.data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(1000, new SavedActivations(Batch: 1, Steps: 1, Units: 8, Width: 8, Blocks: 4, KeepsSteps: false).Packed(1000).NumberOfElements);
    }

    [Fact]
    public void It_is_used_up_once()
    {
        using var scope = NewDisposeScope();
        var activations = new SavedActivations(Batch: 1, Steps: 1, Units: 8, Width: 8, Blocks: 4, KeepsSteps: true);

        activations.UseUp();

        Assert.Contains("can be differentiated once", Assert.Throws<InvalidOperationException>(activations.UseUp).Message);
    }

    [Fact]
    public void An_address_is_that_of_the_first_number()
    {
        using var scope = NewDisposeScope();
        var tensor = arange(24, ScalarType.Float32, CPU).view(2, 3, 4);

        Assert.Equal(0, *TensorMemory.Address(tensor));
        Assert.Equal(12, *TensorMemory.Address(tensor[1]));
        Assert.Equal(13, TensorMemory.Address(tensor[1])[1]);
    }

    [Fact]
    public void Numbers_of_other_types_are_libtorchs()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(Vector256.IsHardwareAccelerated, KernelEngine<GruKernel>.Supports(zeros([1], ScalarType.Float32, CPU)));
        Assert.False(KernelEngine<GruKernel>.Supports(zeros([1], ScalarType.Float64, CPU)));
        Assert.False(KernelEngine<GruKernel>.Supports(zeros([1], ScalarType.BFloat16, CPU)));
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
            var loss = KernelEngine<LstmKernel>.Run(given, KernelWeights.Of(weights), everyStep: true).square().sum();
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
}
