using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>Runs <see cref="BasicRnnCell"/>, in libtorch with its fused <c>rnn_tanh</c> or <c>rnn_relu</c>.</summary>
internal sealed class BasicRnnRecurrence(BasicRnnCell cell) : IRecurrence
{
    private static readonly FusedEngine FusedTanh = Fuse("rnn_tanh"), FusedRelu = Fuse("rnn_relu");

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => true;

    public bool GainsFromReducedPrecision => false;

    private bool IsRelu => cell.Activation == RnnActivation.Relu;

    // With a random recurrent kernel, ReLU would forget within a few steps: it cuts off half of the sums in each.
    public IReadOnlyList<WeightSpec> Weights(int inputSize)
    {
        var kernels = WeightSpec.Kernels(gates: 1, cell.Units, inputSize, cell.Units);
        var recurrent = IsRelu ? WeightSpec.Identity(WeightNames.RecurrentKernel, cell.Units) : kernels[1];
        return [kernels[0], recurrent, WeightSpec.Zeros(WeightNames.Bias, cell.Units)];
    }

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        Tensor kernel = weights[WeightNames.Kernel], recurrent = weights[WeightNames.RecurrentKernel], bias = weights[WeightNames.Bias];
        return (IsRelu ? FusedRelu : FusedTanh).Run(everyStep, inputs, kernel, recurrent, bias);
    }

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        IsRelu ? Step<ReluRnnKernel, T>(inputSize) : Step<TanhRnnKernel, T>(inputSize);

    private KernelStep<TKernel, T> Step<TKernel, T>(int inputSize)
        where TKernel : ICellKernel
        where T : struct, ILanes<T> =>
        new(cell.Units, inputSize, hasCellState: false);

    /// <summary>Wraps a fused function. It takes kernel, recurrent kernel and bias; libtorch's second bias is always zero.</summary>
    private static FusedEngine Fuse(string function) => new(
        $"""
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, train: bool) -> Tuple[Tensor, Tensor]:
            state = torch.zeros([1, x.size(0), recurrent.size(1)], dtype=x.dtype, device=x.device)
            outputs, h = torch.{function}(x, state, packed(kernel, recurrent, bias, torch.zeros_like(bias)), True, 1, 0.0, train, False, True)
            return outputs, h[0]
        """,
        gates: 1, biases: 1);
}
