using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// A recurrent layer on this library's own kernels, on the processor in float32: libtorch sees one operation, whose gradients are
/// ours too. libtorch packs the weights anew for each step's product and records each step for its differentiation; here they
/// are packed once a minibatch, and the gradients of the weights are one product over all steps.
/// </summary>
internal sealed class KernelLayer<TCell> : SingleTensorFunction<KernelLayer<TCell>>
    where TCell : ICellKernel
{
    private const string Memory = "memory";

    public override string Name => typeof(TCell).Name;

    /// <summary>Whether these kernels can run it: on a processor that computes with at least eight numbers at once.</summary>
    public static bool Supports(Tensor inputs) =>
        Vector256.IsHardwareAccelerated && inputs.device_type == DeviceType.CPU && inputs.dtype == ScalarType.Float32;

    /// <summary>Runs over the whole sequence, from a zero state.</summary>
    /// <param name="inputs"><c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">Kernel and recurrent kernel, <c>[gates × units, …]</c>, bias and, if the cell has one, recurrent bias.</param>
    /// <returns>The outputs of every step, <c>[batch, time, units]</c>, and of the last one, <c>[batch, units]</c>.</returns>
    public static (Tensor Outputs, Tensor Final) Run(Tensor inputs, IReadOnlyList<Tensor> weights)
    {
        var outputs = is_grad_enabled()
            ? apply([inputs.contiguous(), .. weights])
            : Outputs(Forward(inputs.contiguous(), weights, keepsSteps: false));
        return (outputs, outputs.select(1, -1));
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var inputs = (Tensor)vars[0];
        Tensor[] weights = [.. vars.Skip(1).Cast<Tensor>()];
        var memory = Forward(inputs, weights, keepsSteps: true);
        ctx.save_data(Memory, memory);
        ctx.save_for_backward([inputs, .. weights]);
        return Outputs(memory);
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        var memory = (KernelMemory)ctx.get_data(Memory);
        var saved = ctx.get_saved_variables();
        Tensor inputs = saved[0], kernel = saved[1], recurrent = saved[2];
        var sums = Backward(memory, recurrent, grad_output);

        long steps = memory.Steps, batch = memory.Batch, width = memory.Width, length = inputs.shape[2];
        var rows = sums.view(steps * batch, -1);
        var ofInputs = Blocks(rows, TCell.InputBlocks, width);
        var ofStates = Blocks(rows, TCell.RecurrentBlocks, width);
        var sequence = inputs.transpose(0, 1).reshape(steps * batch, length);
        var states = memory.Outputs.narrow(0, 0, steps).view(steps * batch, width);
        var total = rows.sum(0, keepdim: true).t();
        List<Tensor> gradients =
        [
            inputs.requires_grad ? InputGradient(ofInputs, kernel, memory).view(steps, batch, length).transpose(0, 1) : null!,
            Gates(ofInputs.t().mm(sequence), TCell.InputBlocks, memory),
            Gates(ofStates.t().mm(states), TCell.RecurrentBlocks, memory).narrow(1, 0, memory.Units),
            Gates(Blocks(total.t(), TCell.InputBlocks, width).t(), TCell.InputBlocks, memory).view(-1),
        ];
        if (saved.Count > 4)
        {
            gradients.Add(Gates(Blocks(total.t(), TCell.RecurrentBlocks, width).t(), TCell.RecurrentBlocks, memory).view(-1));
        }

        return gradients;
    }

    private static unsafe KernelMemory Forward(Tensor inputs, IReadOnlyList<Tensor> weights, bool keepsSteps)
    {
        var length = (int)inputs.shape[2];
        var units = (int)weights[1].shape[1];
        var width = Width(units);
        var memory = new KernelMemory((int)inputs.shape[0], (int)inputs.shape[1], units, width, TCell.Blocks, keepsSteps);
        using var kernel = Packed(units, width, TCell.InputBlocks.Length * width * (long)length);
        using var recurrent = Packed(units, width, TCell.RecurrentBlocks.Length * width * (long)units);
        using var bias = zeros(TCell.Blocks * width);
        float* packedKernel = KernelMemory.Address(kernel), packedRecurrent = KernelMemory.Address(recurrent), sums = KernelMemory.Address(bias);
        PackedWeights.Forward(KernelMemory.Address(weights[0]), units, length, TCell.InputBlocks, width, Panel, packedKernel);
        PackedWeights.Forward(KernelMemory.Address(weights[1]), units, units, TCell.RecurrentBlocks, width, Panel, packedRecurrent);
        PackedWeights.Add(KernelMemory.Address(weights[2]), units, TCell.InputBlocks, width, sums);
        if (weights.Count > 3)
        {
            PackedWeights.Add(KernelMemory.Address(weights[3]), units, TCell.RecurrentBlocks, width, sums);
        }

        var values = KernelMemory.Address(inputs);
        if (Vector512.IsHardwareAccelerated)
        {
            RecurrenceKernel<TCell, Lanes512>.Forward(memory, values, length, packedKernel, packedRecurrent, sums);
        }
        else
        {
            RecurrenceKernel<TCell, Lanes256>.Forward(memory, values, length, packedKernel, packedRecurrent, sums);
        }

        return memory;
    }

    /// <summary>Gives the gradients of all sums, in the memory of the sums.</summary>
    private static unsafe Tensor Backward(KernelMemory memory, Tensor recurrent, Tensor gradient)
    {
        var (batch, steps, units, width, _, _) = memory;
        using var packed = Packed(units, width, TCell.RecurrentBlocks.Length * width * (long)width);
        using var outputs = zeros(steps, batch, width);
        using var cells = zeros(batch, width);
        outputs.narrow(2, 0, units).copy_(gradient.transpose(0, 1));
        PackedWeights.Backward(KernelMemory.Address(recurrent), units, TCell.RecurrentBlocks, width, Panel, KernelMemory.Address(packed));
        if (Vector512.IsHardwareAccelerated)
        {
            RecurrenceKernel<TCell, Lanes512>.Backward(memory, KernelMemory.Address(packed), KernelMemory.Address(outputs), KernelMemory.Address(cells));
        }
        else
        {
            RecurrenceKernel<TCell, Lanes256>.Backward(memory, KernelMemory.Address(packed), KernelMemory.Address(outputs), KernelMemory.Address(cells));
        }

        return memory.Sums;
    }

    private static int Panel => 2 * (Vector512.IsHardwareAccelerated ? Lanes512.Count : Lanes256.Count);

    private static int Width(int units) => (units + Panel - 1) / Panel * Panel;

    private static Tensor Packed(int units, int width, long count) => units == width ? empty(count) : zeros(count);

    private static Tensor Outputs(KernelMemory memory) =>
        memory.Outputs.narrow(0, 1, memory.Steps).narrow(2, 0, memory.Units).transpose(0, 1);

    /// <summary>The columns of some neighbouring blocks.</summary>
    private static Tensor Blocks(Tensor rows, ReadOnlySpan<int> blocks, long width) =>
        rows.narrow(1, PackedWeights.First(blocks) * width, blocks.Length * width);

    /// <summary>From blocks back to gates: <c>[blocks × width, …]</c> to <c>[gates × units, …]</c>.</summary>
    private static Tensor Gates(Tensor byBlock, ReadOnlySpan<int> blocks, KernelMemory memory)
    {
        var first = PackedWeights.First(blocks);
        var gates = new Tensor[blocks.Length];
        for (var gate = 0; gate < gates.Length; gate++)
        {
            gates[gate] = byBlock.narrow(0, (blocks[gate] - first) * memory.Width, memory.Units);
        }

        return cat(gates, 0);
    }

    private static Tensor InputGradient(Tensor ofInputs, Tensor kernel, KernelMemory memory)
    {
        var first = PackedWeights.First(TCell.InputBlocks);
        var byBlock = zeros(ofInputs.shape[1], kernel.shape[1]);
        for (var gate = 0; gate < TCell.InputBlocks.Length; gate++)
        {
            byBlock.narrow(0, (TCell.InputBlocks[gate] - first) * memory.Width, memory.Units)
                .copy_(kernel.narrow(0, gate * memory.Units, memory.Units));
        }

        return ofInputs.mm(byBlock);
    }
}
