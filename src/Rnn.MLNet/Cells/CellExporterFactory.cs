namespace Rnn.MLNet.Cells;

/// <summary>From the cell that the user named to the code that writes it as ONNX: one operator where ONNX has it, else a Scan.</summary>
internal static class CellExporterFactory
{
    /// <exception cref="NotSupportedException">The cell is none of this library's.</exception>
    public static ICellExporter Create(RnnCell cell) => cell switch
    {
        BasicRnnCell basic => new RnnExporter(basic),
        BasicLstmCell lstm => new LstmExporter(lstm.Units),
        GruCell gru => new GruExporter(gru),
        LstmCell { CellClip: null, ProjectionSize: null } lstm => new LstmExporter(lstm.Units, lstm.UsePeepholes),
        LstmCell lstm => new LstmLoopExporter(lstm),
        LayerNormBasicLstmCell { LayerNorm: true } lstm => new LayerNormLstmExporter(lstm),
        LayerNormBasicLstmCell lstm => new LstmExporter(lstm.Units),
        _ => throw new NotSupportedException($"The cell {cell.GetType().Name} is not one of Rnn.MLNet's five."),
    };
}
