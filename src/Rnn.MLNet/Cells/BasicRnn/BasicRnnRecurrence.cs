using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>Runs <see cref="BasicRnnCell"/>, in libtorch with its fused <c>rnn_tanh</c>.</summary>
internal sealed class BasicRnnRecurrence(BasicRnnCell cell) : IRecurrence
{
    /// <summary>The fused function. Takes kernel, recurrent kernel and bias; libtorch's second bias is always zero.</summary>
    public static readonly FusedEngine Fused = new(
        """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.rnn_tanh(x, state, packed(kernel, recurrent, bias, torch.zeros_like(bias)), True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        gates: 1, biases: 1);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => true;

    public bool GainsFromReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
        [.. WeightSpec.Kernels(gates: 1, cell.Units, inputSize, cell.Units), WeightSpec.Zeros(WeightNames.Bias, cell.Units)];

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        Tensor kernel = weights[WeightNames.Kernel], recurrent = weights[WeightNames.RecurrentKernel], bias = weights[WeightNames.Bias];
        return Fused.Run(everyStep, inputs, kernel, recurrent, bias);
    }

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new KernelStep<BasicRnnKernel, T>(cell.Units, inputSize, hasCellState: false);
}
