namespace Rnn.MLNet.Cells;

/// <summary>The family of the LSTM with layer normalisation (Ba et al., 2016) or with recurrent dropout only.</summary>
internal static class LayerNormLstm
{
    /// <summary>The gain and shift of the normalisation of the gates, <c>[gates × units]</c>. The shift serves as the bias of the gates.</summary>
    public const string GateGain = "gate_gain", GateShift = "gate_shift";

    /// <summary>The gain and shift of the normalisation of the cell state, <c>[units]</c>.</summary>
    public const string StateGain = "state_gain", StateShift = "state_shift";

    public static CellDefinition Define(LayerNormBasicLstmCell cell) => cell.LayerNorm
        ? new CellDefinition(new LayerNormLstmRecurrence(cell), new LayerNormLstmOnnxWriter(cell), new LayerNormLstmTensorFlowLayout(cell))
        : new CellDefinition(
            new DropoutLstmRecurrence(cell), new LstmOnnxWriter(cell.Units), new LstmTensorFlowLayout(cell.Units, cell.Units, cell.ForgetBias));
}
