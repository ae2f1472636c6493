using TorchSharp;

namespace Rnn.MLNet.Cells;

/// <summary>The GRU family (Cho et al., 2014): the order of its gates, its bias and the implementation of its variants.</summary>
internal static class Gru
{
    /// <summary>libtorch's order: reset gate, update gate, candidate. TensorFlow calls the update gate u.</summary>
    public static readonly GateOrder Gates = new("rzn");

    /// <summary>ONNX's order. ONNX calls the candidate h.</summary>
    public static readonly GateOrder OnnxGates = new("zrn");

    public static CellDefinition Define(GruCell cell) =>
        new(cell.ResetAfter ? new GruRecurrence(cell) : new ResetBeforeGruRecurrence(cell), new GruOnnxWriter(cell), new GruTensorFlowLayout(cell));

    /// <summary>
    /// Specifies the bias as in TensorFlow's GRUCell: initially 1 for both gates, so that the cell tends to keep its state, and 0 for the candidate.
    /// </summary>
    public static WeightSpec Bias(int units) => new(WeightNames.Bias, [Gates.Count * units], (bias, _) =>
    {
        bias.zero_();
        using var gates = bias.narrow(0, 0, 2 * units);
        using var one = 1.0.ToScalar();
        gates.fill_(one);
    })
    { Decays = false };
}
