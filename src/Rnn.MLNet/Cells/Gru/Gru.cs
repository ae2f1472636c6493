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
    /// Specifies the bias: the cell's for the update gate; as in TensorFlow's GRUCell 1 for the reset gate and 0 for the candidate.
    /// </summary>
    public static WeightSpec Bias(GruCell cell) => new(WeightNames.Bias, [Gates.Count * cell.Units], (bias, _) =>
    {
        bias.zero_();
        using Scalar one = 1.0.ToScalar(), update = cell.UpdateBias.ToScalar();
        using var resetGate = bias.narrow(0, 0, cell.Units);
        using var updateGate = bias.narrow(0, cell.Units, cell.Units);
        resetGate.fill_(one);
        updateGate.fill_(update);
    })
    { Decays = false };
}
