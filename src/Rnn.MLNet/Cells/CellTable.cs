namespace Rnn.MLNet.Cells;

/// <summary>The list of all cells.</summary>
internal static class CellTable
{
    /// <summary>Returns the implementation of a cell.</summary>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
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
