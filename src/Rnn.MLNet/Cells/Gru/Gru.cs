using TorchSharp;

namespace Rnn.MLNet.Cells;

/// <summary>The family of the GRU (Cho et al., 2014): its gates, its bias, and which of its forms a cell takes.</summary>
internal static class Gru
{
    /// <summary>Reset gate, update gate and candidate, as libtorch stacks them. TensorFlow calls the update gate u.</summary>
    public static readonly GateOrder Gates = new("rzn");

    /// <summary>ONNX calls the candidate h.</summary>
    public static readonly GateOrder OnnxGates = new("zrn");

    public static CellDefinition Define(GruCell cell) =>
        new(cell.ResetAfter ? new GruRecurrence(cell) : new ResetBeforeGruRecurrence(cell), new GruOnnxWriter(cell), new GruTensorFlowLayout(cell));

    /// <summary>As TensorFlow's GRUCell: both gates start more open than closed to the past.</summary>
    public static WeightSpec Bias(int units) => new(WeightNames.Bias, [Gates.Count * units], (bias, _) =>
    {
        bias.zero_();
        using var gates = bias.narrow(0, 0, 2 * units);
        using var one = 1.0.ToScalar();
        gates.fill_(one);
    })
    { Decays = false };
}
