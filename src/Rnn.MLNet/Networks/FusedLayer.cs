using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// libtorch's fused recurrent functions, reached through TorchScript: TorchSharp's modules own their weights, whereas
/// these take them as arguments, so that threads share one set and a reduced precision is a cast away. They compute on the
/// GPU, in bfloat16, and where <see cref="Kernels.KernelLayer{TCell}"/> cannot.
/// Sequences are batch-first outside and time-major only inside libtorch.
/// </summary>
internal static class FusedLayer
{
    /// <summary>Kernel, recurrent kernel and bias; libtorch's second bias is always zero.</summary>
    public static readonly NativeLoop Lstm = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h, c = torch.lstm(x, [state, state], [kernel, recurrent, bias, torch.zeros_like(bias)], True, 1, 0.0, False, False, True)
            return outputs, h[0]
        """,
        () => [zeros(1, 2, 1), zeros(4, 1), zeros(4, 1), zeros(4)]);

    /// <summary>Kernel, recurrent kernel, bias and recurrent bias.</summary>
    public static readonly NativeLoop Gru = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.gru(x, state, [kernel, recurrent, bias, recurrent_bias], True, 1, 0.0, False, False, True)
            return outputs, h[0]
        """,
        () => [zeros(1, 2, 1), zeros(3, 1), zeros(3, 1), zeros(3), zeros(3)]);

    /// <summary>Kernel, recurrent kernel and bias.</summary>
    public static readonly NativeLoop RnnTanh = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.rnn_tanh(x, state, [kernel, recurrent, bias, torch.zeros_like(bias)], True, 1, 0.0, False, False, True)
            return outputs, h[0]
        """,
        () => [zeros(1, 2, 1), zeros(1, 1), zeros(1, 1), zeros(1)]);
}
