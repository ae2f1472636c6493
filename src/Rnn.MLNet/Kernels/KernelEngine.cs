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
internal sealed class KernelEngine : SingleTensorFunction<KernelEngine>
{
    private const string RunOfCell = "run";
    private const string Version = "version";
    private const string EveryStep = "every step";

    public override string Name => nameof(KernelEngine);

    /// <summary>
    /// Returns whether these kernels support the inputs: float32 on a CPU with SIMD registers of at least 256 bits.
    /// </summary>
    public static bool Supports(Tensor inputs) =>
        Vector256.IsHardwareAccelerated && inputs.device_type == DeviceType.CPU && inputs.dtype == ScalarType.Float32;

    /// <summary>Runs the cell over the whole sequence, from a zero state.</summary>
    /// <param name="run">The cell and its memory; it must keep every step if gradients are enabled.</param>
    /// <param name="inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">The weights, in the order of the cell.</param>
    /// <param name="masks">The factors of recurrent dropout, <c>[time, batch, units]</c>; null for none.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the last one only.</param>
    /// <returns>The outputs of every time step, <c>[batch, time, outputs]</c>, or of the last one, <c>[batch, outputs]</c>.</returns>
    public static Tensor Run(CellRun run, Tensor inputs, IReadOnlyList<Tensor> weights, Tensor? masks, bool everyStep)
    {
        unsafe
        {
            run.Cell.Load(weights.Addresses());
        }

        return is_grad_enabled() ? apply([run, masks!, everyStep, inputs, .. weights]) : run.Forward(inputs, masks, everyStep);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var run = (CellRun)vars[0];
        var everyStep = (bool)vars[2];
        Tensor[] tensors = [.. vars.Skip(3).Cast<Tensor>()];
        var outputs = run.Forward(tensors[0], (Tensor?)vars[1], everyStep);
        ctx.save_data(EveryStep, everyStep);
        ctx.save_data(RunOfCell, run);
        ctx.save_data(Version, run.Version);
        run.IsPending = true;
        ctx.save_for_backward([.. tensors]);
        return outputs;
    }

    // libtorch expects one gradient per argument of forward. The first arguments are no tensors to differentiate by.
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
        Differentiation.Answer(3 + ctx.get_saved_variables().Count, () => [null!, null!, null!, .. Gradients(ctx, grad_output)]);

    private static List<Tensor> Gradients(AutogradContext ctx, Tensor grad_output)
    {
        if (is_grad_enabled())
        {
            throw new InvalidOperationException("The gradient of a recurrent layer cannot be differentiated itself: higher derivatives are not supported.");
        }

        var run = (CellRun)ctx.get_data(RunOfCell);
        if (run.Version != (int)ctx.get_data(Version))
        {
            throw new InvalidOperationException("A run of a recurrent layer can be differentiated once, and before the next run: its memory is overwritten. Run the forward pass again.");
        }

        run.IsPending = false;
        Tensor[] saved = [.. ctx.get_saved_variables()];
        var (inputs, weights) = run.Backward(saved[1..], grad_output, (bool)ctx.get_data(EveryStep), saved[0].requires_grad);
        return [inputs!, .. weights];
    }
}
