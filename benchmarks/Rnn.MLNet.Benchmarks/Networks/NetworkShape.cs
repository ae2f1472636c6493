namespace Rnn.MLNet.Benchmarks.Networks;

/// <summary>A measured network: one recurrent layer over 28 time steps of 28 features, and a dense output layer for 10 classes.</summary>
/// <param name="Name">The name of the network in the row names.</param>
/// <param name="Cell">This library's cell.</param>
/// <param name="Bidirectional">Whether the layer also reads the sequence backward.</param>
internal sealed record NetworkShape(string Name, RnnCell Cell, bool Bidirectional = false)
{
    public const int Steps = LabelledSequence.Side;

    public const int Features = LabelledSequence.Side;

    public const int Classes = LabelledSequence.Classes;

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

    /// <summary>The number of matrix products of a time step that are stacked into one.</summary>
    public int Gates => Cell switch
    {
        BasicLstmCell => 4,
        GruCell => 3,
        BasicRnnCell => 1,
        _ => throw new NotSupportedException($"The number of gates of {Cell} is unknown."),
    };

    /// <summary>The floating-point operations of the matrix products in the forward pass of one row: 4.47 million for LSTM(128).</summary>
    public double ForwardOperations => MatrixProducts.ForwardOperations(Gates, Units, Steps, Features, Classes, directions: Directions);

    /// <summary>The floating-point operations of the matrix products in a training step, per row.</summary>
    public double TrainingOperations => MatrixProducts.TrainingFactor * ForwardOperations;

    public RnnClassifierOptions Options => new()
    {
        FeatureColumnName = LabelledSequence.FeatureColumn,
        Cell = Cell,
        Bidirectional = Bidirectional,
        Device = RnnDevice.Cpu,
        Seed = 1,
    };
}
