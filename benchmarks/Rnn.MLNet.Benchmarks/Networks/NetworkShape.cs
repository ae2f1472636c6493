namespace Rnn.MLNet.Benchmarks.Networks;

/// <summary>A network that is measured: one layer of recurrence over 28 steps of 28 features, and a dense layer to 10 classes.</summary>
/// <param name="Name">Its part in the names of the rows.</param>
/// <param name="Cell">The cell, as this library names it.</param>
/// <param name="Bidirectional">Whether it also reads the sequence backward.</param>
internal sealed record NetworkShape(string Name, RnnCell Cell, bool Bidirectional = false)
{
    public const int Steps = LabelledSequence.Side;

    public const int Features = LabelledSequence.Side;

    public const int Classes = LabelledSequence.Classes;

    /// <summary>Arithmetic of a training step by that of its forward pass: each product forward has two backward.</summary>
    private const int TrainingFactor = 3;

    public static NetworkShape Lstm { get; } = new("lstm", new BasicLstmCell(128));

    public static IReadOnlyList<NetworkShape> All { get; } =
    [
        Lstm,
        new("gru", new GruCell(128)),
        new("rnn", new BasicRnnCell(128)),
        new("bilstm", new BasicLstmCell(128), Bidirectional: true),
    ];

    public int Units => Cell.Units;

    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>How many products a step of the cell stacks into one.</summary>
    public int Gates => Cell switch
    {
        BasicLstmCell => 4,
        GruCell => 3,
        BasicRnnCell => 1,
        _ => throw new NotSupportedException($"The gates of {Cell} are not known."),
    };

    /// <summary>Floating-point operations of the matrix products of a row's forward pass: 4.47 million for LSTM(128).</summary>
    public double ForwardOperations => 2.0 * Directions * (Gates * (double)Units * (Features + Units) * Steps + Units * Classes);

    /// <summary>The same for a row of a training step.</summary>
    public double TrainingOperations => TrainingFactor * ForwardOperations;

    public RnnClassifierOptions Options => new()
    {
        FeatureColumnName = LabelledSequence.FeatureColumn,
        Cell = Cell,
        Bidirectional = Bidirectional,
        Device = RnnDevice.Cpu,
        Seed = 1,
    };
}
