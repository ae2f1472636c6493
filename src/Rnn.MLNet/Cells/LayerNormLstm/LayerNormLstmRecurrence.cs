using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="LayerNormBasicLstmCell"/> with layer normalisation (Ba et al., 2016) of each gate and of the cell state. The normalised cell
/// state is passed to the next time step.
/// </summary>
/// <remarks>
/// The derivative of a normalisation is 1 / √(variance + ε), which is 1e6 if all values are equal. This is the case in every time step before the
/// first input that is not zero, and each such time step multiplies the gradient by 1e6 twice, so four blank rows above a digit are enough for
/// an overflow. Values that all equal their mean contain no information for learning, so no gradient is propagated through them. The forward
/// pass is the same as TensorFlow's.
/// </remarks>
internal sealed class LayerNormLstmRecurrence(LayerNormBasicLstmCell cell) : IRecurrence
{
    private const string Source = """
        def normalize(values: Tensor, differentiable: bool) -> Tensor:
            normal, _, inverse_deviation = torch.native_layer_norm(values, [values.size(-1)], None, None, 1e-12)
            if differentiable:
                normal = torch.where(inverse_deviation < 5e5, normal, normal.detach())
            return normal

        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, gain: Tensor, shift: Tensor, state_gain: Tensor,
                state_shift: Tensor, mask: Tensor, differentiable: bool) -> Tuple[Tensor, Tensor]:
            batch, time, inputs, units = x.size(0), x.size(1), x.size(2), recurrent.size(1)
            projected = torch.mm(x.transpose(0, 1).reshape(-1, inputs), kernel.t()).view(time, batch, -1)
            # Scaled down if the squares of the products would overflow, such as for inputs of 1e20. The normalised values are the same.
            largest = projected.detach().view(time, batch, 4, units).abs().amax(-1, keepdim=True)
            projected = (projected.view(time, batch, 4, units) / torch.clamp(largest * 1e-15, min=1.0)).view(time, batch, -1)
            recurrent_t, gate_gain, gate_shift = recurrent.t(), gain.view(4, units), shift.view(4, units)
            has_mask = mask.numel() > 0
            h = torch.zeros([batch, units], dtype=x.dtype, device=x.device)
            c = h
            outputs: List[Tensor] = []
            for t, step in enumerate(projected.unbind(0)):
                gates = normalize(torch.addmm(step, h, recurrent_t).view(batch, 4, units), differentiable)
                i, f, g, o = torch.addcmul(gate_shift, gates, gate_gain).unbind(1)
                candidate = torch.tanh(g)
                if has_mask:
                    candidate = candidate * mask[t]
                state = normalize(torch.sigmoid(f) * c + torch.sigmoid(i) * candidate, differentiable)
                c = torch.addcmul(state_shift, state, state_gain)
                h = torch.sigmoid(o) * torch.tanh(c)
                outputs.append(h)
            return torch.stack(outputs, 1), h
        """;

    private static readonly ScriptEngine Loop = new(
        Source,
        () =>
        [
            ScriptEngine.Example(1, 2, 1), ScriptEngine.Example(4, 1), ScriptEngine.Example(4, 1), ScriptEngine.Example(4), ScriptEngine.Example(4),
            ScriptEngine.Example(1), ScriptEngine.Example(1), ScriptEngine.Example(2, 1, 1), true,
        ]);

    private readonly RecurrentDropout _dropout = new(cell.DropoutKeepProb);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => false;

    public bool GainsFromReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize)
    {
        var units = cell.Units;
        var gates = Lstm.Gates.Count * units;
        return
        [
            .. WeightSpec.Kernels(Lstm.Gates.Count, units, inputSize, units),
            WeightSpec.Constant(LayerNormLstm.GateGain, cell.NormGain, gates),
            LstmBias.WithForgetBias(WeightSpec.Constant(LayerNormLstm.GateShift, cell.NormShift, gates), units, cell.ForgetBias),
            WeightSpec.Constant(LayerNormLstm.StateGain, cell.NormGain, units),
            WeightSpec.Constant(LayerNormLstm.StateShift, cell.NormShift, units),
        ];
    }

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        return Loop.Run(
            everyStep, inputs, weights[WeightNames.Kernel], weights[WeightNames.RecurrentKernel],
            weights[LayerNormLstm.GateGain], weights[LayerNormLstm.GateShift], weights[LayerNormLstm.StateGain], weights[LayerNormLstm.StateShift],
            masks ?? inputs.new_empty(0), is_grad_enabled());
    }

    public Tensor? Masks(Tensor inputs, Generator? dropout) => _dropout.Masks(inputs, cell.Units, dropout);

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new LayerNormLstmStep<T>(cell.Units, inputSize);
}
