using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs an LSTM without extensions, in libtorch with its fused <c>lstm</c>. It has a single bias, whereas libtorch has two that
/// are always added: if both were trained, gradient descent would change their sum twice as fast.
/// </summary>
internal sealed class LstmRecurrence(int units, WeightSpec bias) : IRecurrence
{
    /// <summary>The fused function. Takes kernel, recurrent kernel and bias; libtorch's second bias is always zero.</summary>
    public static readonly FusedEngine Fused = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            weights = packed(kernel, recurrent, bias, torch.zeros_like(bias))
            outputs, h, c = torch.lstm(x, [state, state], weights, True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        Lstm.Gates.Count, biases: 1);

    public int OutputSize => units;

    public bool AllowsReducedPrecision => true;

    public bool GainsFromReducedPrecision => true;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) => [.. WeightSpec.Kernels(Lstm.Gates.Count, units, inputSize, units), bias];

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        Tensor kernel = weights[WeightNames.Kernel], recurrent = weights[WeightNames.RecurrentKernel], bias = weights[WeightNames.Bias];
        return Fused.Run(everyStep, inputs, kernel, recurrent, bias);
    }

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new KernelStep<LstmKernel, T>(units, inputSize, hasCellState: true);
}
