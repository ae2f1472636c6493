using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// libtorch's fused recurrent functions, reached through TorchScript: TorchSharp's modules own their weights, whereas
/// these take them as arguments, so that threads share one set and a reduced precision is a cast away.
/// Sequences are batch-first outside and time-major only inside libtorch.
/// </summary>
internal static class FusedLayer
{
    private const string Source = """
        def lstm(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h, c = torch.lstm(x, [state, state], [kernel, recurrent, bias, torch.zeros_like(bias)], True, 1, 0.0, False, False, True)
            return outputs, h[0]

        def gru(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.gru(x, state, [kernel, recurrent, bias, recurrent_bias], True, 1, 0.0, False, False, True)
            return outputs, h[0]

        def rnn_tanh(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.rnn_tanh(x, state, [kernel, recurrent, bias, torch.zeros_like(bias)], True, 1, 0.0, False, False, True)
            return outputs, h[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Functions = new(() => jit.compile(Source));

    public static (Tensor Outputs, Tensor Final) Run(string function, Tensor inputs, IReadOnlyList<Tensor> weights)
    {
        var (outputs, final) = ((Tensor, Tensor))Functions.Value.invoke(function, [inputs, .. weights]);
        return (outputs, final);
    }
}
