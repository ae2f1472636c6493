namespace Rnn.MLNet.Cells;

/// <summary>The family of the LSTM (Hochreiter and Schmidhuber, 1997; Gers et al., 2000): its gates, and which of its forms a cell takes.</summary>
internal static class Lstm
{
    /// <summary>Three vectors that let gates see the cell state, <c>[3, units]</c> (Gers and Schmidhuber, 2000).</summary>
    public const string Peepholes = "peepholes";

    /// <summary>What the output is projected with, <c>[outputs, units]</c> (Sak et al., 2014).</summary>
    public const string Projection = "projection";

    /// <summary>Input gate, forget gate, candidate g and output gate, as libtorch stacks them.</summary>
    public static readonly GateOrder Gates = new("ifgo");

    /// <summary>ONNX calls the candidate c.</summary>
    public static readonly GateOrder OnnxGates = new("iofg");

    /// <summary>TensorFlow calls the candidate j, or transform.</summary>
    public static readonly GateOrder TensorFlowGates = new("igfo");

    /// <summary>The gates that have peepholes.</summary>
    public static readonly GateOrder PeepholeGates = new("ifo");

    public static readonly GateOrder OnnxPeepholeGates = new("iof");

    public static CellDefinition Define(BasicLstmCell cell) => WithoutExtensions(cell.Units, cell.ForgetBias);

    public static CellDefinition Define(LstmCell cell)
    {
        if (!cell.HasExtensions)
        {
            return WithoutExtensions(cell.Units, cell.ForgetBias);
        }

        // ONNX's LSTM has peepholes, but clips the gates and not the state, and projects nothing.
        IOnnxWriter onnx = cell is { CellClip: null, ProjectionSize: null } ? new LstmOnnxWriter(cell.Units, cell.UsePeepholes) : new ExtendedLstmOnnxWriter(cell);
        return new CellDefinition(new ExtendedLstmRecurrence(cell), onnx, new ExtendedLstmTensorFlowLayout(cell));
    }

    private static CellDefinition WithoutExtensions(int units, double forgetBias) =>
        new(new LstmRecurrence(units, LstmBias.Zeros(units, forgetBias)), new LstmOnnxWriter(units), new LstmTensorFlowLayout(units, units, forgetBias));
}
