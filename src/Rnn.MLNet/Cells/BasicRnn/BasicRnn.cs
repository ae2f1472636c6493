namespace Rnn.MLNet.Cells;

/// <summary>The simple recurrent cell (Elman, 1990), which has one gate.</summary>
internal static class BasicRnn
{
    public static CellDefinition Define(BasicRnnCell cell) =>
        new(new BasicRnnRecurrence(cell), new BasicRnnOnnxWriter(cell), new BasicRnnTensorFlowLayout(cell));
}
