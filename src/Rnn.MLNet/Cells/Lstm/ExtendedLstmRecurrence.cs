using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="LstmCell"/> with any of its extensions, peepholes, cell clipping, projection and projection clipping (Sak et al., 2014), in libtorch
/// as a TorchScript loop.
/// </summary>
internal sealed class ExtendedLstmRecurrence(LstmCell cell) : IRecurrence
{
    // The product with the inputs does not depend on the state, so it is computed for all time steps at once. The clipped cell state is passed to
    // the next time step and to the peephole of the output gate.
    private const string Source = """
        def run(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, peepholes: Tensor, projection: Tensor,
                mask: Tensor, cell_clip: float, projection_clip: float) -> Tuple[Tensor, Tensor]:
            batch, time, inputs = x.size(0), x.size(1), x.size(2)
            projected = torch.addmm(bias, x.transpose(0, 1).reshape(-1, inputs), kernel.t()).view(time, batch, -1)
            recurrent_t, projection_t = recurrent.t(), projection.t()
            has_peepholes, has_projection, has_mask = peepholes.numel() > 0, projection.numel() > 0, mask.numel() > 0
            w_i, w_f, w_o = peepholes, peepholes, peepholes
            if has_peepholes:
                w_i, w_f, w_o = peepholes.unbind(0)
            h = torch.zeros([batch, recurrent.size(1)], dtype=x.dtype, device=x.device)
            c = torch.zeros([batch, kernel.size(0) // 4], dtype=x.dtype, device=x.device)
            outputs: List[Tensor] = []
            for t, step in enumerate(projected.unbind(0)):
                i, f, g, o = torch.addmm(step, h, recurrent_t).chunk(4, 1)
                if has_peepholes:
                    i = torch.addcmul(i, c, w_i)
                    f = torch.addcmul(f, c, w_f)
                candidate = torch.tanh(g)
                if has_mask:
                    candidate = candidate * mask[t]
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * candidate
                if cell_clip > 0.0:
                    c = torch.clamp(c, -cell_clip, cell_clip)
                if has_peepholes:
                    o = torch.addcmul(o, c, w_o)
                h = torch.sigmoid(o) * torch.tanh(c)
                if has_projection:
                    h = torch.mm(h, projection_t)
                    if projection_clip > 0.0:
                        h = torch.clamp(h, -projection_clip, projection_clip)
                outputs.append(h)
            return torch.stack(outputs, 1), h
        """;

    // In the script, an empty tensor or a clip of 0 stands for "none".
    private static readonly ScriptEngine Loop = new(
        Source,
        () =>
        [
            ScriptEngine.Example(1, 2, 1), ScriptEngine.Example(4, 1), ScriptEngine.Example(4, 1), ScriptEngine.Example(4), ScriptEngine.Example(3, 1),
            ScriptEngine.Example(1, 1), ScriptEngine.Example(2, 1, 1), 1.0, 1.0,
        ]);

    public int OutputSize => cell.ProjectionSize ?? cell.Units;

    public bool AllowsReducedPrecision => false;

    public bool GainsFromReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize)
    {
        var units = cell.Units;
        List<WeightSpec> weights = [.. WeightSpec.Kernels(Lstm.Gates.Count, units, inputSize, OutputSize), LstmBias.Zeros(units, cell.ForgetBias)];
        if (cell.UsePeepholes)
        {
            // Three vectors in TensorFlow, where fan-in and fan-out of a vector are both its length.
            weights.Add(WeightSpec.GlorotUniform(Lstm.Peepholes, [Lstm.PeepholeGates.Count, units], units, units));
        }

        if (cell.ProjectionSize is { } size)
        {
            weights.Add(WeightSpec.GlorotUniform(Lstm.Projection, [size, units], units, size));
        }

        return weights;
    }

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        return Run(
            inputs, weights,
            peepholes: cell.UsePeepholes ? weights[Lstm.Peepholes] : inputs.new_empty(0),
            projection: cell.ProjectionSize is null ? inputs.new_empty([0, 0]) : weights[Lstm.Projection],
            mask: inputs.new_empty(0),
            cell.CellClip ?? 0, cell.ProjectionClip ?? 0, everyStep);
    }

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        new ExtendedLstmStep<T>(cell, inputSize);

    /// <summary>Runs an LSTM without extensions, but with recurrent dropout.</summary>
    public static RecurrenceOutput RunWithDropout(Tensor inputs, CellWeights weights, Tensor mask, bool everyStep) =>
        Run(inputs, weights, peepholes: inputs.new_empty(0), projection: inputs.new_empty([0, 0]), mask, cellClip: 0, projectionClip: 0, everyStep);

    private static RecurrenceOutput Run(
        Tensor inputs, CellWeights weights, Tensor peepholes, Tensor projection, Tensor mask, double cellClip, double projectionClip, bool everyStep) =>
        Loop.Run(
            everyStep, inputs, weights[WeightNames.Kernel], weights[WeightNames.RecurrentKernel], weights[WeightNames.Bias],
            peepholes, projection, mask, cellClip, projectionClip);
}
