using Rnn.MLNet.Cells;
using Rnn.MLNet.Kernels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>Processors with AVX2 and with AVX-512 compute the same, but for the rounding.</summary>
public sealed unsafe class RegisterWidthTests
{
    private const int Batch = 6, Steps = 5, Inputs = 3, Units = 21;

    [Fact]
    public void Both_widths_agree()
    {
        Check<LstmKernel>();
        Check<GruKernel>();
        Check<TanhKernel>();
    }

    private static void Check<TCell>()
        where TCell : ICellKernel
    {
        using var scope = NewDisposeScope();
        var narrow = Run<TCell>(new RecurrenceKernel<TCell, Lanes256>());
        var wide = Run<TCell>(new RecurrenceKernel<TCell, Lanes512>());

        Assert.True(narrow.Gradient.abs().max().item<float>() > 1e-3);
        Assert.InRange((narrow.Outputs - wide.Outputs).abs().max().item<float>(), 0, 1e-6);
        Assert.InRange((narrow.Gradient - wide.Gradient).abs().max().item<float>(), 0, 1e-6);
    }

    /// <summary>The outputs of all steps, and the gradient of the recurrent kernel when the last output's is given.</summary>
    private static (Tensor Outputs, Tensor Gradient) Run<TCell>(IRecurrenceKernel kernel)
        where TCell : ICellKernel
    {
        using var generator = new Generator(3, CPU);
        Tensor Draw(params long[] shape) => randn(shape, generator: generator).mul_(0.3);
        var width = (Units + kernel.Panel - 1) / kernel.Panel * kernel.Panel;
        int inputColumns = TCell.InputBlocks.Length * width, recurrentColumns = TCell.RecurrentBlocks.Length * width;
        var inputs = Draw(Batch, Steps, Inputs);
        var (weights, recurrentWeights) = (Draw(TCell.InputBlocks.Length * Units, Inputs), Draw(TCell.RecurrentBlocks.Length * Units, Units));
        var (packed, recurrent, back) = (zeros(inputColumns, Inputs), zeros(recurrentColumns, Units), zeros(recurrentColumns, width));
        PackedWeights.Forward(KernelMemory.Address(weights), Units, Inputs, TCell.InputBlocks, width, kernel.Panel, KernelMemory.Address(packed));
        PackedWeights.Forward(KernelMemory.Address(recurrentWeights), Units, Units, TCell.RecurrentBlocks, width, kernel.Panel, KernelMemory.Address(recurrent));
        PackedWeights.Backward(KernelMemory.Address(recurrentWeights), Units, TCell.RecurrentBlocks, width, kernel.Panel, KernelMemory.Address(back));
        var memory = new KernelMemory(Batch, Steps, Units, width, TCell.Blocks, KeepsSteps: true);
        var bias = zeros(TCell.Blocks * width);
        kernel.Forward(memory, KernelMemory.Address(inputs), Inputs, KernelMemory.Address(packed), KernelMemory.Address(recurrent), KernelMemory.Address(bias));

        var (gradients, cells, gradient) = (zeros(2, Batch, width), zeros(Batch, width), zeros(Units + 1, recurrentColumns));
        gradients[1].narrow(1, 0, Units).copy_(Draw(Batch, Units));
        kernel.Backward(memory, KernelMemory.Address(back), KernelMemory.Address(gradients), everyStep: false, KernelMemory.Address(cells));
        var sums = KernelMemory.Address(memory.Sums) + PackedWeights.First(TCell.RecurrentBlocks) * width;
        kernel.OfWeights(memory, KernelMemory.Address(memory.Outputs), width, Units, sums, recurrentColumns, KernelMemory.Address(gradient));
        return (memory.Outputs.narrow(2, 0, Units), gradient.view(Units + 1, -1, width).narrow(2, 0, Units));
    }
}
