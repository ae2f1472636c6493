namespace Rnn.MLNet.Cells;

/// <summary>The list of all cells.</summary>
internal static class CellTable
{
    private static readonly Dictionary<Type, Func<RnnCell, CellDefinition>> Cells = new()
    {
        [typeof(BasicRnnCell)] = cell => BasicRnn.Define((BasicRnnCell)cell),
        [typeof(BasicLstmCell)] = cell => Lstm.Define((BasicLstmCell)cell),
        [typeof(LstmCell)] = cell => Lstm.Define((LstmCell)cell),
        [typeof(GruCell)] = cell => Gru.Define((GruCell)cell),
        [typeof(LayerNormBasicLstmCell)] = cell => LayerNormLstm.Define((LayerNormBasicLstmCell)cell),
    };

    /// <summary>The types of all cells.</summary>
    public static IReadOnlyCollection<Type> Types => Cells.Keys;

    /// <summary>Returns the implementation of a cell.</summary>
    /// <exception cref="NotSupportedException">Thrown if the cell is not defined by this library.</exception>
    public static CellDefinition Of(RnnCell cell) => Cells.TryGetValue(cell.GetType(), out var define) ? define(cell) : throw cell.Unknown();
}
