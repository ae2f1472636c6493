using Rnn.MLNet.Experiments.Settings;

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

    /// <summary>The range of the number of layers, drawn uniformly; at least 1. The default is 1 to 1.</summary>
    public (int From, int To) Layers { get; init; } = (1, 1);

    /// <summary>The range of the learning rate, drawn log-uniformly; positive. The default is 0.0005 to 0.02.</summary>
    public (double From, double To) LearningRate { get; init; } = (5e-4, 2e-2);

    /// <summary>The range of the dropout rate, drawn uniformly; within [0, 1). The default is 0 to 0.</summary>
    public (double From, double To) Dropout { get; init; } = (0, 0);

    /// <summary>The choices of whether a network is bidirectional: false, true or both. The default is false only.</summary>
    public IReadOnlyList<bool> Bidirectional { get; init; } = [false];

    /// <summary>The batch sizes to choose from, each at least 1. The default is 64, 128 and 256.</summary>
    public IReadOnlyList<int> BatchSize { get; init; } = [64, 128, 256];

    /// <summary>Returns the space as text. Spaces that draw the same configurations have the same text.</summary>
    /// <returns>One line of text, the same under every culture.</returns>
    public override string ToString() => InvariantText.Of(() =>
        $"cells [{string.Join(", ", Cells)}], units {Units}, layers {Layers}, learning rate {LearningRate}, dropout {Dropout}, bidirectional [{string.Join(", ", Bidirectional)}], batch size [{string.Join(", ", BatchSize)}]");

    /// <summary>Draws the options of a zero-based configuration. They depend only on the seed and this number.</summary>
    internal RnnClassifierOptions Draw(RnnClassifierOptions options, int seed, int configuration)
    {
        // One random number generator per configuration makes each independent of how many were drawn before.
        var random = new Random(unchecked((seed * 486187739) ^ ((configuration + 1) * -1640531527)));
        var cell = Cells[random.Next(Cells.Count)];
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
            Bidirectional = Bidirectional[random.Next(Bidirectional.Count)],
            BatchSize = BatchSize[random.Next(BatchSize.Count)],
        };
    }

    private static double Logarithmic(Random random, double from, double to) => from * Math.Pow(to / from, random.NextDouble());
}
