using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// libtorch's fused recurrent functions, reached through TorchScript: TorchSharp's modules own their weights, whereas
/// these take them as arguments, so that threads share one set and a reduced precision is a cast away. They compute on the
/// GPU, in bfloat16, and where <see cref="Kernels.KernelEngine{TCell}"/> cannot.
/// Sequences are batch-first outside and time-major only inside libtorch.
/// </summary>
internal sealed class FusedEngine
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

    private readonly ScriptEngine _function;

    /// <param name="source">
    /// TorchScript, in which the function <c>run</c> takes the inputs, kernel, recurrent kernel, the biases and whether it is to be
    /// differentiated, and may call <c>packed</c>.
    /// </param>
    /// <param name="gates">Gates of the cell.</param>
    /// <param name="biases">Biases that the function takes.</param>
    public FusedEngine(string source, int gates, int biases) => _function = new ScriptEngine(Packed + source, () =>
    [
        ScriptEngine.Example(1, 2, 1), ScriptEngine.Example(gates, 1), ScriptEngine.Example(gates, 1),
        .. Enumerable.Range(0, biases).Select(_ => ScriptEngine.Example(gates)), false,
    ]);

    /// <summary>Runs over the whole sequence, from a zero state.</summary>
    /// <param name="everyStep">Whether the outputs of every step are wanted.</param>
    /// <param name="inputs"><c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">Kernel, recurrent kernel and the biases.</param>
    // What is not in training keeps nothing for a backward pass.
    public RecurrenceOutput Run(bool everyStep, Tensor inputs, params ReadOnlySpan<Tensor> weights) =>
        _function.Run(everyStep, [inputs, .. weights, is_grad_enabled()]);
}
