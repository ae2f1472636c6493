namespace Rnn.MLNet.Networks;

/// <summary>From the cell that the user named to the code that runs it.</summary>
internal static class CellFactory
{
    /// <exception cref="NotSupportedException">The cell is not available.</exception>
    public static IRecurrentCell Create(RnnCell cell) => cell switch
    {
        BasicRnnCell basic => new RnnLayer(basic),
        BasicLstmCell lstm => new LstmLayer(lstm),
        GruCell { ResetAfter: true } gru => new GruLayer(gru),
        GruCell => throw new NotSupportedException("GruCell with ResetAfter = false is not supported in this version; use ResetAfter = true."),
        _ => throw new NotSupportedException(
            $"The cell {cell.GetType().Name} is not supported in this version; use BasicRnnCell, BasicLstmCell or GruCell."),
    };
}
