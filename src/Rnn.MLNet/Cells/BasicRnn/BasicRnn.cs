namespace Rnn.MLNet.Cells;

/// <summary>The simple recurrent network with tanh (Elman, 1990): one gate.</summary>
internal static class BasicRnn
{
    public static CellDefinition Define(BasicRnnCell cell) =>
        new(new BasicRnnRecurrence(cell), new BasicRnnOnnxWriter(cell), new BasicRnnTensorFlowLayout(cell));
}
