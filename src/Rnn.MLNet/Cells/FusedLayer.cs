using Rnn.MLNet.Kernels;

using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// libtorch's fused recurrent functions, reached through TorchScript: TorchSharp's modules own their weights, whereas
/// these take them as arguments, so that threads share one set and a reduced precision is a cast away. They compute on the
/// GPU, in bfloat16, and where <see cref="Kernels.KernelLayer{TCell}"/> cannot.
/// Sequences are batch-first outside and time-major only inside libtorch.
/// </summary>
internal sealed class FusedLayer
{
    // cuDNN wants all weights of a layer in one piece of memory, in this order, and otherwise warns and copies them itself.
    private const string Packed = """
        def packed(kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor) -> List[Tensor]:
            weights = [kernel, recurrent, bias, recurrent_bias]
            if kernel.is_cuda:
                flat = torch.cat([w.reshape(-1) for w in weights])
                parts = flat.split_with_sizes([w.numel() for w in weights])
                weights = [parts[i].view(weights[i].size()) for i in range(4)]
            return weights


        """;

    /// <summary>Kernel, recurrent kernel and bias; libtorch's second bias is always zero.</summary>
    public static readonly FusedLayer Lstm = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            weights = packed(kernel, recurrent, bias, torch.zeros_like(bias))
            outputs, h, c = torch.lstm(x, [state, state], weights, True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        gates: 4, biases: 1);

    /// <summary>Kernel, recurrent kernel, bias and recurrent bias.</summary>
    public static readonly FusedLayer Gru = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.gru(x, state, packed(kernel, recurrent, bias, recurrent_bias), True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        gates: 3, biases: 2);

    /// <summary>Kernel, recurrent kernel and bias.</summary>
    public static readonly FusedLayer RnnTanh = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.rnn_tanh(x, state, packed(kernel, recurrent, bias, torch.zeros_like(bias)), True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        gates: 1, biases: 1);

    private readonly NativeLoop _function;

    private FusedLayer(string source, int gates, int biases) => _function = new NativeLoop(Packed + source, () =>
    [
        NativeLoop.Example(1, 2, 1), NativeLoop.Example(gates, 1), NativeLoop.Example(gates, 1),
        .. Enumerable.Range(0, biases).Select(_ => NativeLoop.Example(gates)), false,
    ]);

    /// <summary>Runs the layer.</summary>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise the last one's.</param>
    /// <param name="tensors">The inputs, <c>[batch, time, inputs]</c>, and the weights.</param>
    /// <returns>The outputs of every step, <c>[batch, time, outputs]</c>, or of the last one, <c>[batch, outputs]</c>.</returns>
    // What is not in training keeps nothing for a backward pass.
    public Tensor Run(bool everyStep, params Tensor[] tensors) => _function.Run(everyStep, [.. tensors, is_grad_enabled()]);
}
