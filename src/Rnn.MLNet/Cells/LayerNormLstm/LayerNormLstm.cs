namespace Rnn.MLNet.Cells;

/// <summary>The LSTM with layer normalisation (Ba et al., 2016), or with its recurrent dropout alone.</summary>
internal static class LayerNormLstm
{
    /// <summary>Gain and shift of the gates' normalisation, <c>[gates × units]</c>; the shift is their bias.</summary>
    public const string GateGain = "gate_gain", GateShift = "gate_shift";

    /// <summary>Gain and shift of the cell state's normalisation, <c>[units]</c>.</summary>
    public const string StateGain = "state_gain", StateShift = "state_shift";

    public static CellDefinition Define(LayerNormBasicLstmCell cell) => cell.LayerNorm
        ? new CellDefinition(new LayerNormLstmRecurrence(cell), new LayerNormLstmOnnxWriter(cell), new LayerNormLstmTensorFlowLayout(cell))
        : new CellDefinition(
            new DropoutLstmRecurrence(cell), new LstmOnnxWriter(cell.Units), new LstmTensorFlowLayout(cell.Units, cell.Units, cell.ForgetBias));
}
