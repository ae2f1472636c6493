using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="GruCell"/> with reset after the product, in libtorch with its fused <c>gru</c>. The recurrent bias is a
/// separate weight because the reset gate multiplies the candidate's part of it.
/// </summary>
internal sealed class GruRecurrence(GruCell cell) : IRecurrence
{
    /// <summary>The fused function. Takes kernel, recurrent kernel, bias and recurrent bias.</summary>
    public static readonly FusedEngine Fused = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.gru(x, state, packed(kernel, recurrent, bias, recurrent_bias), True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        Gru.Gates.Count, biases: 2);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => true;

    public bool GainsFromReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        .. WeightSpec.Kernels(Gru.Gates.Count, cell.Units, inputSize, cell.Units),
        Gru.Bias(cell),
        WeightSpec.Zeros(WeightNames.RecurrentBias, Gru.Gates.Count * cell.Units),
    ];

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        Tensor kernel = weights[WeightNames.Kernel], recurrent = weights[WeightNames.RecurrentKernel];
        Tensor bias = weights[WeightNames.Bias], recurrentBias = weights[WeightNames.RecurrentBias];
        return Fused.Run(everyStep, inputs, kernel, recurrent, bias, recurrentBias);
    }

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new KernelStep<GruKernel, T>(cell.Units, inputSize, hasCellState: false, hasRecurrentBias: true);
}
