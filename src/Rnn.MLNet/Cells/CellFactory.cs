namespace Rnn.MLNet.Cells;

/// <summary>From the cell that the user named to the code that runs it: a whole layer in one call where there is one, else a loop.</summary>
internal static class CellFactory
{
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public static IRecurrentCell Create(RnnCell cell) => cell switch
    {
        BasicRnnCell basic => new RnnLayer(basic),
        BasicLstmCell lstm => new LstmLayer(lstm.Units, LstmBias.Zeros(lstm.Units, lstm.ForgetBias)),
        GruCell { ResetAfter: true } gru => new GruLayer(gru),
        GruCell gru => new ResetBeforeGruLoop(gru),
        LstmCell { HasExtensions: false } lstm => new LstmLayer(lstm.Units, LstmBias.Zeros(lstm.Units, lstm.ForgetBias)),
        LstmCell lstm => new LstmLoop(lstm),
        LayerNormBasicLstmCell { LayerNorm: true } lstm => new LayerNormLstmLoop(lstm),
        LayerNormBasicLstmCell lstm => new DropoutLstmLayer(lstm),
        _ => throw new NotSupportedException($"The cell {cell.GetType().Name} is not one of Rnn.MLNet's five."),
    };
}
