using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// A recurrent layer on this library's own kernels, on the processor in float32: libtorch sees one operation, whose gradients are
/// ours too. libtorch packs the weights anew for each step's product and records each step for its differentiation; here they
/// are packed once a minibatch, and the gradients of the weights are one product over all steps. The backward pass uses up what the
/// forward pass kept: a run can be differentiated once.
/// </summary>
internal sealed class KernelLayer<TCell> : SingleTensorFunction<KernelLayer<TCell>>
    where TCell : ICellKernel
{
    private const string Memory = "memory";
    private const string EveryStep = "every step";

    private static readonly IRecurrenceKernel Kernel = Vector512.IsHardwareAccelerated
        ? new RecurrenceKernel<TCell, Lanes512>()
        : new RecurrenceKernel<TCell, Lanes256>();

    public override string Name => typeof(TCell).Name;

    /// <summary>Whether these kernels can run it: on a processor that computes with at least eight numbers at once.</summary>
    public static bool Supports(Tensor inputs) =>
        Vector256.IsHardwareAccelerated && inputs.device_type == DeviceType.CPU && inputs.dtype == ScalarType.Float32;

    /// <summary>Runs over the whole sequence, from a zero state.</summary>
    /// <param name="inputs"><c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">Kernel and recurrent kernel, <c>[gates × units, …]</c>, bias and, if the cell has one, recurrent bias.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise the last one's.</param>
    /// <returns>The outputs of every step, <c>[batch, time, units]</c>, or of the last one, <c>[batch, units]</c>.</returns>
    public static Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, bool everyStep)
    {
        inputs = inputs.contiguous();
        return is_grad_enabled() ? apply([everyStep, inputs, .. weights]) : Outputs(Forward(inputs, weights, keepsSteps: false), everyStep);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var everyStep = (bool)vars[0];
        Tensor[] tensors = [.. vars.Skip(1).Cast<Tensor>()];
        var memory = Forward(tensors[0], tensors[1..], keepsSteps: true);
        ctx.save_data(EveryStep, everyStep);
        ctx.save_data(Memory, memory);
        ctx.save_for_backward([.. tensors]);
        return Outputs(memory, everyStep);
    }

    // libtorch wants a gradient for each argument of forward: the first is no tensor.
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
        BackwardPass.Answer(1 + ctx.get_saved_variables().Count, () => [null!, .. Gradients(ctx, grad_output)]);

    private static List<Tensor> Gradients(AutogradContext ctx, Tensor grad_output)
    {
        if (is_grad_enabled())
        {
            throw new InvalidOperationException($"The gradient of a {typeof(TCell).Name} layer cannot be differentiated itself: its kernels compute numbers only.");
        }

        var memory = (KernelMemory)ctx.get_data(Memory);
        var saved = ctx.get_saved_variables();
        Tensor inputs = saved[0], kernel = saved[1], recurrent = saved[2];
        memory.UseUp();
        Backward(memory, recurrent, grad_output, (bool)ctx.get_data(EveryStep));

        var (ofKernel, ofBias) = OfWeights(memory, inputs.transpose(0, 1).contiguous(), (int)inputs.shape[2], TCell.InputBlocks);
        var (ofRecurrent, ofRecurrentBias) = OfWeights(memory, memory.Outputs, memory.Units, TCell.RecurrentBlocks);
        var ofInputs = inputs.requires_grad ? OfInputs(memory, kernel) : null!;
        List<Tensor> gradients = [ofInputs, ofKernel, ofRecurrent, ofBias];
        return saved.Count > gradients.Count ? [.. gradients, ofRecurrentBias] : gradients;
    }

    private static unsafe KernelMemory Forward(Tensor inputs, IReadOnlyList<Tensor> weights, bool keepsSteps)
    {
        var length = (int)inputs.shape[2];
        var units = (int)weights[1].shape[1];
        var width = (units + Kernel.Panel - 1) / Kernel.Panel * Kernel.Panel;
        var memory = new KernelMemory((int)inputs.shape[0], (int)inputs.shape[1], units, width, TCell.Blocks, keepsSteps);
        using var kernel = memory.Packed(TCell.InputBlocks.Length * width * (long)length);
        using var recurrent = memory.Packed(TCell.RecurrentBlocks.Length * width * (long)units);
        using var bias = zeros(TCell.Blocks * width, ScalarType.Float32, CPU);
        float* packedKernel = KernelMemory.Address(kernel), packedRecurrent = KernelMemory.Address(recurrent), sums = KernelMemory.Address(bias);
        PackedWeights.Forward(KernelMemory.Address(weights[0]), units, length, TCell.InputBlocks, width, Kernel.Panel, packedKernel);
        PackedWeights.Forward(KernelMemory.Address(weights[1]), units, units, TCell.RecurrentBlocks, width, Kernel.Panel, packedRecurrent);
        PackedWeights.Add(KernelMemory.Address(weights[2]), units, TCell.InputBlocks, width, sums);
        if (weights.Count > 3)
        {
            PackedWeights.Add(KernelMemory.Address(weights[3]), units, TCell.RecurrentBlocks, width, sums);
        }

        Kernel.Forward(memory, KernelMemory.Address(inputs), length, packedKernel, packedRecurrent, sums);
        GC.KeepAlive(inputs);
        return memory;
    }

    private static Tensor Outputs(KernelMemory memory, bool everyStep)
    {
        var outputs = memory.Outputs.narrow(2, 0, memory.Units);
        return everyStep ? outputs.narrow(0, 1, memory.Steps).transpose(0, 1) : outputs.select(0, memory.Steps);
    }

    /// <summary>Turns the sums in the memory into their gradients.</summary>
    private static unsafe void Backward(KernelMemory memory, Tensor recurrent, Tensor gradient, bool everyStep)
    {
        var (batch, steps, units, width, _, _) = memory;
        using var packed = memory.Packed(TCell.RecurrentBlocks.Length * width * (long)width);
        using var states = zeros([everyStep ? 1 + steps : 2, batch, width], ScalarType.Float32, CPU);
        using var cells = zeros([batch, width], ScalarType.Float32, CPU);
        PackedWeights.Backward(KernelMemory.Address(recurrent), units, TCell.RecurrentBlocks, width, Kernel.Panel, KernelMemory.Address(packed));
        var given = states.narrow(2, 0, units).narrow(0, 1, states.shape[0] - 1);
        given.copy_(everyStep ? gradient.transpose(0, 1) : gradient.unsqueeze(0));
        Kernel.Backward(memory, KernelMemory.Address(packed), KernelMemory.Address(states), everyStep, KernelMemory.Address(cells));
    }

    /// <summary>The gradients of weights and of their bias.</summary>
    /// <param name="memory">With the gradients of the sums.</param>
    /// <param name="values">What the weights were multiplied with: a row for each row of each step; contiguous.</param>
    /// <param name="length">Numbers of a row that count.</param>
    /// <param name="blocks">The blocks that they fed.</param>
    private static unsafe (Tensor Weights, Tensor Bias) OfWeights(KernelMemory memory, Tensor values, int length, ReadOnlySpan<int> blocks)
    {
        var columns = blocks.Length * memory.Width;
        // The row behind the weights' is the bias's.
        using var byBlock = zeros([length + 1, columns], ScalarType.Float32, CPU);
        var weights = empty([blocks.Length * memory.Units, length], ScalarType.Float32, CPU);
        var bias = empty([blocks.Length * memory.Units, 1], ScalarType.Float32, CPU);
        var sums = KernelMemory.Address(memory.Sums) + PackedWeights.First(blocks) * memory.Width;
        var gradient = KernelMemory.Address(byBlock);
        Kernel.OfWeights(memory, KernelMemory.Address(values), (int)values.shape[2], length, sums, columns, gradient);
        GC.KeepAlive(values);
        PackedWeights.Unpack(gradient, columns, length, memory.Units, blocks, memory.Width, KernelMemory.Address(weights));
        PackedWeights.Unpack(gradient + (long)length * columns, columns, 1, memory.Units, blocks, memory.Width, KernelMemory.Address(bias));
        return (weights, bias.view(-1));
    }

    /// <summary>The gradient of the inputs, <c>[batch, time, inputs]</c>.</summary>
    private static Tensor OfInputs(KernelMemory memory, Tensor kernel)
    {
        var first = PackedWeights.First(TCell.InputBlocks);
        var columns = TCell.InputBlocks.Length * memory.Width;
        var byBlock = zeros([columns, kernel.shape[1]], ScalarType.Float32, CPU);
        for (var gate = 0; gate < TCell.InputBlocks.Length; gate++)
        {
            byBlock.narrow(0, (TCell.InputBlocks[gate] - first) * memory.Width, memory.Units)
                .copy_(kernel.narrow(0, gate * memory.Units, memory.Units));
        }

        return memory.Sums.narrow(2, first * memory.Width, columns).matmul(byBlock).transpose(0, 1);
    }
}
