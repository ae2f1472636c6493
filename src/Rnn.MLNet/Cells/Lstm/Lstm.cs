namespace Rnn.MLNet.Cells;

/// <summary>
/// The LSTM family (Hochreiter and Schmidhuber, 1997; Gers et al., 2000): the order of its gates and the implementation of its variants.
/// </summary>
internal static class Lstm
{
    /// <summary>The peepholes, through which three gates depend on the cell state, <c>[3, units]</c> (Gers and Schmidhuber, 2000).</summary>
    public const string Peepholes = "peepholes";

    /// <summary>The weights of the projection, <c>[outputs, units]</c> (Sak et al., 2014).</summary>
    public const string Projection = "projection";

    /// <summary>libtorch's order: input gate, forget gate, candidate, output gate.</summary>
    public static readonly GateOrder Gates = new("ifgo");

    /// <summary>ONNX's order. ONNX calls the candidate c.</summary>
    public static readonly GateOrder OnnxGates = new("iofg");

    /// <summary>TensorFlow's order. TensorFlow calls the candidate j or transform.</summary>
    public static readonly GateOrder TensorFlowGates = new("igfo");

    /// <summary>The gates that have peepholes, in this library's order.</summary>
    public static readonly GateOrder PeepholeGates = new("ifo");

    /// <summary>The gates that have peepholes, in ONNX's order.</summary>
    public static readonly GateOrder OnnxPeepholeGates = new("iof");

    public static CellDefinition Define(BasicLstmCell cell) => WithoutExtensions(cell.Units, cell.ForgetBias);

    public static CellDefinition Define(LstmCell cell)
    {
        if (!cell.HasExtensions)
        {
            return WithoutExtensions(cell.Units, cell.ForgetBias);
        }

        // ONNX's LSTM operator supports peepholes, but clips the gates instead of the state and has no projection.
        IOnnxWriter onnx = cell is { CellClip: null, ProjectionSize: null } ? new LstmOnnxWriter(cell.Units, cell.UsePeepholes) : new ExtendedLstmOnnxWriter(cell);
        return new CellDefinition(new ExtendedLstmRecurrence(cell), onnx, new ExtendedLstmTensorFlowLayout(cell));
    }

    private static CellDefinition WithoutExtensions(int units, double forgetBias) =>
        new(new LstmRecurrence(units, LstmBias.Zeros(units, forgetBias)), new LstmOnnxWriter(units), new LstmTensorFlowLayout(units, units, forgetBias));
}
