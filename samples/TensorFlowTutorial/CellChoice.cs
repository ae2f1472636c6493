namespace TensorFlowTutorial;

/// <summary>
/// One of the five cells of TensorFlow 1.8: its command-line name, its name in TensorFlow, and the equivalent cell of this library.
/// </summary>
internal sealed record CellChoice(string Option, string Name, RnnCell Cell)
{
    private const int Units = 128;

    public static readonly IReadOnlyList<CellChoice> All =
    [
        new("basic-rnn", "BasicRNNCell", new BasicRnnCell(Units)),
        new("basic-lstm", "BasicLSTMCell", new BasicLstmCell(Units)),
        new("gru", "GRUCell", new GruCell(Units) { ResetAfter = false }),
        new("lstm", "LSTMCell", new LstmCell(Units) { UsePeepholes = true }),
        new("layer-norm-basic-lstm", "LayerNormBasicLSTMCell", new LayerNormBasicLstmCell(Units)),
    ];

    /// <summary>Further cells in the speed table: an LSTM with all extensions, and recurrent dropout.</summary>
    public static readonly IReadOnlyList<CellChoice> Extended =
    [
        new("", "LSTMCell, peepholes, clips, projection 64",
            new LstmCell(Units) { UsePeepholes = true, CellClip = 10, ProjectionSize = 64, ProjectionClip = 5 }),
        new("", "LayerNormBasicLSTMCell, dropout 0.1", new LayerNormBasicLstmCell(Units) { DropoutKeepProb = 0.9 }),
    ];

    public static CellChoice Default => All[1];

    /// <summary>Finds a cell by its command-line name or its TensorFlow name, ignoring case; null if there is none.</summary>
    public static CellChoice? Find(string name) => All.FirstOrDefault(choice =>
        choice.Option.Equals(name, StringComparison.OrdinalIgnoreCase) || choice.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
