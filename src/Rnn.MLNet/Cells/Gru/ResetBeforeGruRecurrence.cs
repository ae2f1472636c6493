using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="GruCell"/> with reset before the product (Cho et al., 2014), as in TensorFlow 1. In libtorch it is a TorchScript loop because the
/// reset gate of libtorch's fused function multiplies the product.
/// </summary>
internal sealed class ResetBeforeGruRecurrence(GruCell cell) : IRecurrence
{
    private const string Source = """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
            batch, time, inputs, units = x.size(0), x.size(1), x.size(2), recurrent.size(1)
            projected = torch.addmm(bias, x.transpose(0, 1).reshape(-1, inputs), kernel.t()).view(time, batch, -1)
            gates_t, candidate_t = recurrent.t().split_with_sizes([2 * units, units], 1)
            h = torch.zeros([batch, units], dtype=x.dtype, device=x.device)
            outputs: List[Tensor] = []
            for step in projected.unbind(0):
                gates, candidate = step.split_with_sizes([2 * units, units], 1)
                r, u = torch.sigmoid(torch.addmm(gates, h, gates_t)).chunk(2, 1)
                candidate = torch.tanh(torch.addmm(candidate, r * h, candidate_t))
                h = torch.lerp(candidate, h, u)
                outputs.append(h)
            return torch.stack(outputs, 1), h
        """;

    private static readonly ScriptEngine Loop = new(
        Source, () => [ScriptEngine.Example(1, 2, 1), ScriptEngine.Example(3, 1), ScriptEngine.Example(3, 1), ScriptEngine.Example(3)]);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => false;

    public bool GainsFromReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        Kernel(WeightNames.Kernel, inputSize, inputSize),
        Kernel(WeightNames.RecurrentKernel, cell.Units, inputSize),
        Gru.Bias(cell),
    ];

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep) =>
        Loop.Run(
            everyStep, input.WithoutLengthsOrState(),
            weights[WeightNames.Kernel], weights[WeightNames.RecurrentKernel], weights[WeightNames.Bias]);

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new ResetBeforeGruStep<T>(cell.Units, inputSize);

    /// <summary>
    /// Specifies a kernel. The rows of the gates and of the candidate have different initial limits because TensorFlow stores them in
    /// separate matrices.
    /// </summary>
    private WeightSpec Kernel(string name, int columns, int inputSize)
    {
        var units = cell.Units;
        var gates = WeightSpec.GlorotUniform("", [2 * units, columns], inputSize + units, 2 * units);
        var candidate = WeightSpec.GlorotUniform("", [units, columns], inputSize + units, units);
        return new WeightSpec(name, [3 * units, columns], (kernel, generator) =>
        {
            gates.Initialize(kernel.narrow(0, 0, 2 * units), generator);
            candidate.Initialize(kernel.narrow(0, 2 * units, units), generator);
        });
    }
}
