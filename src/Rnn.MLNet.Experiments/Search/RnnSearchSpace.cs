using Rnn.MLNet.Experiments.Settings;
using Rnn.MLNet.Training;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// The space of networks that a search draws from. It replaces these settings in the options of the search; all others are kept. Ranges
/// include both ends.
/// </summary>
public sealed record RnnSearchSpace
{
    /// <summary>
    /// The cells to choose from, each with its own settings; their units are replaced by those drawn. The default is a GRU and a basic LSTM.
    /// </summary>
    public IReadOnlyList<RnnCell> Cells { get; init; } = [new GruCell(128), new BasicLstmCell(128)];

    /// <summary>The range of the number of units, drawn log-uniformly; at least 1. The default is 32 to 256.</summary>
    public (int From, int To) Units { get; init; } = (32, 256);

    /// <summary>The range of the number of layers, drawn uniformly; at least 1. The default is 1 to 2.</summary>
    public (int From, int To) Layers { get; init; } = (1, 2);

    /// <summary>The range of the learning rate, drawn log-uniformly; positive. The default is 0.0005 to 0.02.</summary>
    public (double From, double To) LearningRate { get; init; } = (5e-4, 2e-2);

    /// <summary>The range of the dropout rate, drawn uniformly; within [0, 1). The default is 0 to 0.3.</summary>
    public (double From, double To) Dropout { get; init; } = (0, 0.3);

    /// <summary>The choices of whether a network is bidirectional: false, true or both. The default is both.</summary>
    public IReadOnlyList<bool> Bidirectional { get; init; } = [false, true];

    /// <summary>
    /// The batch sizes to choose from, each at least 1. Null (the default) for half of the size that fits the number of training rows
    /// (<see cref="RnnOptions.BatchSize"/>), this size, and twice this size.
    /// </summary>
    public IReadOnlyList<int>? BatchSize { get; init; }

    /// <summary>The choices of the read-out. The default is the final state and the mean over all time steps.</summary>
    public IReadOnlyList<ReadOut> ReadOut { get; init; } = [Rnn.MLNet.ReadOut.FinalState, Rnn.MLNet.ReadOut.MeanPool];

    /// <summary>The choices of the input scaling. The default is automatic scaling and standardising.</summary>
    public IReadOnlyList<InputScaling> InputScaling { get; init; } = [Rnn.MLNet.InputScaling.Auto, Rnn.MLNet.InputScaling.Standardize];

    /// <summary>Returns the space as text. Spaces that draw the same configurations have the same text.</summary>
    /// <returns>One line of text, the same under every culture.</returns>
    public override string ToString() => InvariantText.Of(() =>
        $"cells [{string.Join(", ", Cells)}], units {Units}, layers {Layers}, learning rate {LearningRate}, dropout {Dropout}, bidirectional [{string.Join(", ", Bidirectional)}], batch size [{(BatchSize is null ? "automatic" : string.Join(", ", BatchSize))}], read-out [{string.Join(", ", ReadOut)}], input scaling [{string.Join(", ", InputScaling)}]");

    /// <summary>Draws the options of a zero-based configuration. They depend only on the seed, this number and the rows.</summary>
    /// <param name="options">The options that are not drawn.</param>
    /// <param name="seed">The seed of the search.</param>
    /// <param name="configuration">The number of the configuration.</param>
    /// <param name="rows">The number of training rows.</param>
    internal RnnClassifierOptions Draw(RnnClassifierOptions options, int seed, int configuration, long rows)
    {
        // One random number generator per configuration makes each independent of how many were drawn before.
        var random = new Random(unchecked((seed * 486187739) ^ ((configuration + 1) * -1640531527)));
        var cell = Choose(random, Cells);
        var units = (int)Math.Round(Logarithmic(random, Units.From, Units.To));
        var layers = random.Next(Layers.From, Layers.To + 1);
        var learningRate = Logarithmic(random, LearningRate.From, LearningRate.To);
        var dropout = Dropout.From + random.NextDouble() * (Dropout.To - Dropout.From);
        return options with
        {
            Cell = cell with { Units = units },
            Layers = layers,
            LearningRate = learningRate,
            Dropout = dropout,
            Bidirectional = Choose(random, Bidirectional),
            BatchSize = Choose(random, BatchSize ?? Around(TrainingLength.BatchSizeFor(rows))),
            ReadOut = Choose(random, ReadOut),
            InputScaling = Choose(random, InputScaling),
        };
    }

    private static int[] Around(int batchSize) => [batchSize / 2, batchSize, 2 * batchSize];

    private static T Choose<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static double Logarithmic(Random random, double from, double to) => from * Math.Pow(to / from, random.NextDouble());
}
