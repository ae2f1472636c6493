namespace Rnn.MLNet.Cells;

/// <summary>The one list of all cells: from the cell that the user named to what this library knows of it.</summary>
internal static class CellTable
{
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public static CellDefinition Of(RnnCell cell) => cell switch
    {
        BasicRnnCell basic => BasicRnn.Define(basic),
        BasicLstmCell lstm => Lstm.Define(lstm),
        LstmCell lstm => Lstm.Define(lstm),
        GruCell gru => Gru.Define(gru),
        LayerNormBasicLstmCell lstm => LayerNormLstm.Define(lstm),
        _ => throw cell.Unknown(),
    };
}
