namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>A measured setting: an LSTM, its data and how it is run.</summary>
/// <param name="Steps">The time steps of a sequence.</param>
/// <param name="Features">The features of a time step.</param>
/// <param name="Units">The units of each layer.</param>
/// <param name="Layers">The number of layers.</param>
/// <param name="Threads">The number of threads of <c>Fit</c> and <c>Transform</c>.</param>
/// <param name="BatchSize">The rows of a minibatch in training.</param>
internal sealed record GrowthPoint(int Steps, int Features, int Units, int Layers, int Threads, int BatchSize)
{
    public const int Classes = 10;

    /// <summary>The operations of a scoring pass over a table whose number of rows is not given: about a third of a second on two cores with AVX2.</summary>
    private const double PassOperations = 2e10;

    private const int LeastRows = 500;
    private const int MostRows = 20_000;

    private const int TrainingBatches = 8;

    private readonly int? _rows;

    public static GrowthPoint Base { get; } =
        new(Steps: 28, Features: 28, Units: 128, Layers: 1, Environment.ProcessorCount, BatchSize: 128);

    /// <summary>The rows of the table that is scored.</summary>
    public int Rows
    {
        get => _rows ?? (int)Math.Clamp(PassOperations / ForwardOperations, LeastRows, MostRows);
        init => _rows = value;
    }

    /// <summary>The operations of a forward pass, per row.</summary>
    public double ForwardOperations => MatrixProducts.ForwardOperations(gates: 4, Units, Steps, Features, Classes, Layers);

    /// <summary>The values of a sequence.</summary>
    public int Length => Steps * Features;

    public RnnClassifierOptions Options => new()
    {
        TimeSteps = Steps,
        Cell = new BasicLstmCell(Units),
        Layers = Layers,
        Threads = Threads,
        BatchSize = BatchSize,
        ValidationFraction = 0,
        Device = RnnDevice.Cpu,
        Precision = RnnPrecision.Float32,
        Seed = 1,
    };

    /// <summary>Returns a table to train on. It is short, because the time of a minibatch does not depend on the number of minibatches.</summary>
    public IDataView TrainingView(MLContext context) => View(context, TrainingBatches * BatchSize);

    /// <summary>Returns the table to score.</summary>
    public IDataView ScoringView(MLContext context) => View(context, Rows);

    private IDataView View(MLContext context, int rows) => GeneratedSequences.View(context, rows, Length, Classes);
}
