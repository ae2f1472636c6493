using System.Runtime.Intrinsics;
using Rnn.MLNet.Native;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Runs a cell over a sequence with this library's own kernels, on the CPU in float32. To libtorch the run is a single operation with a
/// custom gradient. libtorch's own loop packs the weights again for the product of each time step and records each time step for autograd. Here the
/// weights are packed once per minibatch, and the gradient of the weights is one product over all time steps. The backward pass
/// overwrites the activations that the forward pass saved, so a run can be differentiated only once.
/// </summary>
internal sealed class KernelEngine<TCell> : SingleTensorFunction<KernelEngine<TCell>>
    where TCell : ICellKernel
{
    private const string Activations = "activations";
    private const string EveryStep = "every step";

    private static readonly IRecurrenceKernel Kernel = Vector512.IsHardwareAccelerated
        ? new RecurrenceKernel<TCell, Lanes512>()
        : new RecurrenceKernel<TCell, Lanes256>();

    public override string Name => typeof(TCell).Name;

    /// <summary>
    /// Returns whether these kernels support the inputs: float32 on a CPU with SIMD registers of at least 256 bits.
    /// </summary>
    public static bool Supports(Tensor inputs) =>
        Vector256.IsHardwareAccelerated && inputs.device_type == DeviceType.CPU && inputs.dtype == ScalarType.Float32;

    /// <summary>Runs the cell over the whole sequence, from a zero state.</summary>
    /// <param name="inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the last one only.</param>
    /// <returns>The outputs of every time step, <c>[batch, time, units]</c>, or of the last one, <c>[batch, units]</c>.</returns>
    public static Tensor Run(Tensor inputs, KernelWeights weights, bool everyStep)
    {
        // Only the features must be contiguous. Rows and time steps may have any stride, such as in the time-major outputs of the previous layer.
        inputs = inputs.stride(2) == 1 ? inputs : inputs.contiguous();
        return is_grad_enabled() ? apply([everyStep, inputs, .. weights.ToArray()]) : Outputs(Forward(inputs, weights, keepsSteps: false), everyStep);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var everyStep = (bool)vars[0];
        Tensor[] tensors = [.. vars.Skip(1).Cast<Tensor>()];
        var activations = Forward(tensors[0], KernelWeights.Of(tensors.AsSpan(1)), keepsSteps: true);
        ctx.save_data(EveryStep, everyStep);
        ctx.save_data(Activations, activations);
        ctx.save_for_backward([.. tensors]);
        return Outputs(activations, everyStep);
    }

    // libtorch expects one gradient per argument of forward. The first argument is not a tensor.
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
        Differentiation.Answer(1 + ctx.get_saved_variables().Count, () => [null!, .. Gradients(ctx, grad_output)]);

    private static List<Tensor> Gradients(AutogradContext ctx, Tensor grad_output)
    {
        if (is_grad_enabled())
        {
            throw new InvalidOperationException($"The gradient of a run with {typeof(TCell).Name} cannot be differentiated itself: higher derivatives are not supported.");
        }

        var activations = (SavedActivations)ctx.get_data(Activations);
        Tensor[] saved = [.. ctx.get_saved_variables()];
        var inputs = saved[0];
        var weights = KernelWeights.Of(saved.AsSpan(1));
        activations.UseUp();
        Backward(activations, weights.RecurrentKernel, grad_output, (bool)ctx.get_data(EveryStep));

        var (kernel, bias) = WeightGradients(activations, inputs.transpose(0, 1).contiguous(), (int)inputs.shape[2], TCell.InputBlocks);
        // The outputs before each time step: all but the last.
        var (recurrentKernel, recurrentBias) = WeightGradients(
            activations, activations.Outputs.narrow(0, 0, activations.Steps), activations.Units, TCell.RecurrentBlocks);
        var gradients = new KernelWeights(kernel, recurrentKernel, bias, weights.RecurrentBias is null ? null : recurrentBias);
        return [inputs.requires_grad ? InputGradient(activations, weights.Kernel) : null!, .. gradients.ToArray()];
    }

    private static unsafe SavedActivations Forward(Tensor inputs, KernelWeights weights, bool keepsSteps)
    {
        var shape = inputs.shape;
        int batch = (int)shape[0], steps = (int)shape[1], length = (int)shape[2], units = (int)weights.RecurrentKernel.shape[1];
        var width = (units + Kernel.Panel - 1) / Kernel.Panel * Kernel.Panel;
        var activations = new SavedActivations(batch, steps, units, width, TCell.Blocks, keepsSteps);
        GateBlocks inputBlocks = activations.BlocksOf(TCell.InputBlocks), recurrentBlocks = activations.BlocksOf(TCell.RecurrentBlocks);
        using var kernel = activations.Packed((long)inputBlocks.Columns * length);
        using var recurrentKernel = activations.Packed((long)recurrentBlocks.Columns * units);
        using var bias = zeros(TCell.Blocks * width, ScalarType.Float32, CPU);
        var packed = new ForwardWeights(TensorMemory.Address(kernel), TensorMemory.Address(recurrentKernel), TensorMemory.Address(bias));
        PackedWeights.Forward(Rows(weights.Kernel), inputBlocks, Kernel.Panel, packed.Kernel);
        PackedWeights.Forward(Rows(weights.RecurrentKernel), recurrentBlocks, Kernel.Panel, packed.RecurrentKernel);
        PackedWeights.AddBias(TensorMemory.Address(weights.Bias), inputBlocks, packed.Bias);
        if (weights.RecurrentBias is { } recurrentBias)
        {
            PackedWeights.AddBias(TensorMemory.Address(recurrentBias), recurrentBlocks, packed.Bias);
        }

        var firstStep = new Matrix(TensorMemory.AddressOfFirst(inputs), batch, length, checked((int)inputs.stride(0)));
        Kernel.Forward(activations, new MatrixSeries(firstStep, inputs.stride(1)), packed);
        GC.KeepAlive(inputs);
        return activations;
    }

    private static Tensor Outputs(SavedActivations activations, bool everyStep)
    {
        var outputs = activations.Outputs.narrow(2, 0, activations.Units);
        return everyStep ? outputs.narrow(0, 1, activations.Steps).transpose(0, 1) : outputs.select(0, activations.Steps);
    }

    /// <summary>Replaces the activations by the gradients of the pre-activations.</summary>
    private static unsafe void Backward(SavedActivations activations, Tensor recurrentKernel, Tensor gradient, bool everyStep)
    {
        var (batch, steps, units, width, _, _) = activations;
        var blocks = activations.BlocksOf(TCell.RecurrentBlocks);
        using var packed = activations.Packed((long)blocks.Columns * width);
        using var gradients = zeros([everyStep ? 1 + steps : 2, batch, width], ScalarType.Float32, CPU);
        using var cells = zeros([batch, width], ScalarType.Float32, CPU);
        PackedWeights.Backward(Rows(recurrentKernel), blocks, Kernel.Panel, TensorMemory.Address(packed));
        var given = gradients.narrow(2, 0, units).narrow(0, 1, gradients.shape[0] - 1);
        given.copy_(everyStep ? gradient.transpose(0, 1) : gradient.unsqueeze(0));
        Kernel.Backward(activations, TensorMemory.Address(packed), SavedActivations.ByStep(gradients), everyStep, Rows(cells));
    }

    /// <summary>Returns the gradients of a weight matrix and of its bias.</summary>
    /// <param name="activations">The gradients of the pre-activations, after <see cref="Backward"/>.</param>
    /// <param name="values">The values with which the weights were multiplied, <c>[steps, batch, columns]</c>, contiguous.</param>
    /// <param name="length">The number of columns to use; the rest is padding.</param>
    /// <param name="fed">The blocks to which the weights contributed.</param>
    private static unsafe (Tensor Weights, Tensor Bias) WeightGradients(SavedActivations activations, Tensor values, int length, ReadOnlySpan<int> fed)
    {
        var blocks = activations.BlocksOf(fed);
        // The last row is the gradient of the bias.
        using var byBlock = zeros([length + 1, blocks.Columns], ScalarType.Float32, CPU);
        var weights = empty([blocks.Gates * blocks.Units, length], ScalarType.Float32, CPU);
        var bias = empty([blocks.Gates * blocks.Units, 1], ScalarType.Float32, CPU);
        var preActivations = SavedActivations.AllRows(activations.PreActivations).SomeColumns(blocks.FirstColumn, blocks.Columns);
        var gradient = Rows(byBlock);
        Kernel.AddWeightGradient(SavedActivations.AllRows(values).SomeColumns(0, length), preActivations, gradient);
        GC.KeepAlive(values);
        PackedWeights.Unpack(gradient.SomeRows(0, length), blocks, Rows(weights));
        PackedWeights.Unpack(gradient.SomeRows(length, 1), blocks, Rows(bias));
        return (weights, bias.view(-1));
    }

    /// <summary>Returns the gradient of the inputs, <c>[batch, time, inputs]</c>.</summary>
    private static Tensor InputGradient(SavedActivations activations, Tensor kernel)
    {
        var blocks = activations.BlocksOf(TCell.InputBlocks);
        var byBlock = zeros([blocks.Columns, kernel.shape[1]], ScalarType.Float32, CPU);
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            byBlock.narrow(0, blocks.Column(gate), blocks.Units).copy_(kernel.narrow(0, gate * blocks.Units, blocks.Units));
        }

        return activations.PreActivations.narrow(2, blocks.FirstColumn, blocks.Columns).matmul(byBlock).transpose(0, 1);
    }

    /// <summary>Returns a contiguous tensor as a matrix. The tensor must be kept alive.</summary>
    private static unsafe Matrix Rows(Tensor matrix)
    {
        var shape = matrix.shape;
        return new Matrix(TensorMemory.Address(matrix), (int)shape[0], (int)shape[1], (int)shape[1]);
    }
}
