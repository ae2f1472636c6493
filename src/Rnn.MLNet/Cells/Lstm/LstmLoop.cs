using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// <see cref="LstmCell"/> with any of its extensions: peepholes, a clipped cell state, a projected output and its clip
/// (Sak et al., 2014). Gate order i, f, g, o; peepholes i, f, o.
/// </summary>
internal sealed class LstmLoop(LstmCell cell) : IRecurrentCell
{
    private const int Gates = 4;

    // Products with the inputs do not depend on the state, so one product serves all steps. The clipped cell state is the
    // one that is kept, and the one that the output gate's peephole sees.
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
    private static readonly NativeLoop Loop = new(
        Source,
        () =>
        [
            NativeLoop.Example(1, 2, 1), NativeLoop.Example(4, 1), NativeLoop.Example(4, 1), NativeLoop.Example(4), NativeLoop.Example(3, 1),
            NativeLoop.Example(1, 1), NativeLoop.Example(2, 1, 1), 1.0, 1.0,
        ]);

    public int OutputSize => cell.ProjectionSize ?? cell.Units;

    public bool AllowsReducedPrecision => false;

    public IReadOnlyList<WeightSpec> Weights(int inputSize)
    {
        var units = cell.Units;
        List<WeightSpec> weights =
        [
            WeightSpec.GlorotUniform("kernel", [Gates * units, inputSize], inputSize + OutputSize, Gates * units),
            WeightSpec.GlorotUniform("recurrent_kernel", [Gates * units, OutputSize], inputSize + OutputSize, Gates * units),
            LstmBias.Zeros(units, cell.ForgetBias),
        ];
        if (cell.UsePeepholes)
        {
            // Three vectors in TensorFlow, and a vector counts as many rows as columns.
            weights.Add(WeightSpec.GlorotUniform("peepholes", [3, units], units, units));
        }

        if (cell.ProjectionSize is { } size)
        {
            weights.Add(WeightSpec.GlorotUniform("projection", [size, units], units, size));
        }

        return weights;
    }

    public Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, Generator? dropout, bool everyStep)
    {
        var none = inputs.new_empty(0);
        var peepholes = cell.UsePeepholes ? weights[3] : none;
        var projection = cell.ProjectionSize is null ? inputs.new_empty([0, 0]) : weights[^1];
        return Loop.Run(
            everyStep, inputs, weights[0], weights[1], weights[2], peepholes, projection, none, cell.CellClip ?? 0, cell.ProjectionClip ?? 0);
    }

    /// <summary>A plain LSTM with the masks of recurrent dropout.</summary>
    public static Tensor RunWithDropout(Tensor inputs, IReadOnlyList<Tensor> weights, Tensor mask, bool everyStep) =>
        Loop.Run(everyStep, inputs, weights[0], weights[1], weights[2], inputs.new_empty(0), inputs.new_empty([0, 0]), mask, 0.0, 0.0);
}
