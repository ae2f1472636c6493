namespace Rnn.MLNet.Persistence;

/// <summary>From the cell that the user named to the code that writes it as ONNX.</summary>
internal static class CellExporterFactory
{
    /// <exception cref="NotSupportedException">The cell has no ONNX form yet.</exception>
    public static ICellExporter Create(RnnCell cell) => cell switch
    {
        BasicRnnCell basic => new RnnExporter(basic),
        BasicLstmCell lstm => new LstmExporter(lstm),
        GruCell { ResetAfter: true } gru => new GruExporter(gru),
        _ => throw new NotSupportedException($"The cell {cell} cannot be saved or exported in this version."),
    };
}
