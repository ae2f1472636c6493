using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs libtorch's fused recurrent functions through TorchScript. TorchSharp's modules own their weights, whereas these functions take them as
/// arguments, so threads can share one set of weights and reduced precision only requires a cast. Used on the GPU, for bfloat16, and on CPUs
/// that <see cref="KernelEngine"/> does not support. Sequences are batch-first.
/// </summary>
internal sealed class FusedEngine
{
    // cuDNN expects all weights of a layer in contiguous memory, in this order. Otherwise it copies them and logs a warning.
    private const string Packed = """
        def packed(kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor) -> List[Tensor]:
            weights = [kernel, recurrent, bias, recurrent_bias]
            if kernel.is_cuda:
                flat = torch.cat([w.reshape(-1) for w in weights])
                parts = flat.split_with_sizes([w.numel() for w in weights])
                weights = [parts[i].view(weights[i].size()) for i in range(4)]
            return weights


        """;

    private readonly ScriptEngine _function;

    /// <param name="source">
    /// TorchScript source. Its function <c>run</c> takes the inputs, the kernel, the recurrent kernel, the biases and whether the result will be
    /// differentiated. It may call <c>packed</c>.
    /// </param>
    /// <param name="gates">The number of gates of the cell.</param>
    /// <param name="biases">The number of biases that the function takes.</param>
    public FusedEngine(string source, int gates, int biases) => _function = new ScriptEngine(Packed + source, () =>
    [
        ScriptEngine.Example(1, 2, 1), ScriptEngine.Example(gates, 1), ScriptEngine.Example(gates, 1),
        .. Enumerable.Range(0, biases).Select(_ => ScriptEngine.Example(gates)), false,
    ]);

    /// <summary>Runs the function over the whole sequence, from a zero state.</summary>
    /// <param name="everyStep">Whether to return the outputs of every time step.</param>
    /// <param name="inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">Kernel, recurrent kernel and the biases.</param>
    // The last argument, train, makes libtorch save what the backward pass needs.
    public RecurrenceOutput Run(bool everyStep, Tensor inputs, params ReadOnlySpan<Tensor> weights) =>
        _function.Run(everyStep, [inputs, .. weights, is_grad_enabled()]);
}
