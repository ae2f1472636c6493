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
        Check<BasicRnnKernel>();
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
        var activations = new SavedActivations(Batch, Steps, Units, width, TCell.Blocks, KeepsSteps: true);
        GateBlocks inputBlocks = activations.BlocksOf(TCell.InputBlocks), recurrentBlocks = activations.BlocksOf(TCell.RecurrentBlocks);
        var inputs = Draw(Batch, Steps, Inputs);
        var (weights, recurrentWeights) = (Draw(inputBlocks.Gates * Units, Inputs), Draw(recurrentBlocks.Gates * Units, Units));
        var (packed, recurrent, back) = (zeros(inputBlocks.Columns, Inputs), zeros(recurrentBlocks.Columns, Units), zeros(recurrentBlocks.Columns, width));
        PackedWeights.Forward(Rows(weights), inputBlocks, kernel.Panel, TensorMemory.Address(packed));
        PackedWeights.Forward(Rows(recurrentWeights), recurrentBlocks, kernel.Panel, TensorMemory.Address(recurrent));
        PackedWeights.Backward(Rows(recurrentWeights), recurrentBlocks, kernel.Panel, TensorMemory.Address(back));
        var bias = zeros(TCell.Blocks * width);
        kernel.Forward(
            activations,
            new MatrixSeries(new Matrix(TensorMemory.Address(inputs), Batch, Inputs, Steps * Inputs), Inputs),
            new ForwardWeights(TensorMemory.Address(packed), TensorMemory.Address(recurrent), TensorMemory.Address(bias)));

        var (gradients, cells, gradient) = (zeros(2, Batch, width), zeros(Batch, width), zeros(Units + 1, recurrentBlocks.Columns));
        gradients[1].narrow(1, 0, Units).copy_(Draw(Batch, Units));
        kernel.Backward(activations, TensorMemory.Address(back), SavedActivations.ByStep(gradients), everyStep: false, Rows(cells));
        kernel.AddWeightGradient(
            SavedActivations.AllRows(activations.Outputs.narrow(0, 0, Steps)).SomeColumns(0, Units),
            SavedActivations.AllRows(activations.PreActivations).SomeColumns(recurrentBlocks.FirstColumn, recurrentBlocks.Columns),
            Rows(gradient));
        return (activations.Outputs.narrow(2, 0, Units), gradient.view(Units + 1, -1, width).narrow(2, 0, Units));
    }

    private static Matrix Rows(Tensor matrix) => new(TensorMemory.Address(matrix), (int)matrix.shape[0], (int)matrix.shape[1], (int)matrix.shape[1]);
}
