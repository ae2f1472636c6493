using Rnn.MLNet.Experiments.Settings;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// The networks that a search draws from. What is not set stays what the search's options say. Ranges include both ends.
/// </summary>
public sealed record RnnSearchSpace
{
    /// <summary>The kinds of cell, each with its own settings; their units are replaced by those drawn. Default a GRU and a basic LSTM.</summary>
    public IReadOnlyList<RnnCell> Cells { get; init; } = [new GruCell(128), new BasicLstmCell(128)];

    /// <summary>Range of the units, drawn evenly on a logarithmic scale. Default 32 to 256.</summary>
    public (int From, int To) Units { get; init; } = (32, 256);

    /// <summary>Range of the number of layers. Default 1 to 1.</summary>
    public (int From, int To) Layers { get; init; } = (1, 1);

    /// <summary>Range of the learning rate, drawn evenly on a logarithmic scale. Default 0.0005 to 0.02.</summary>
    public (double From, double To) LearningRate { get; init; } = (5e-4, 2e-2);

    /// <summary>Range of the dropout. Default 0 to 0.</summary>
    public (double From, double To) Dropout { get; init; } = (0, 0);

    /// <summary>Whether networks read forward only, in both directions, or either. Default forward only.</summary>
    public IReadOnlyList<bool> Bidirectional { get; init; } = [false];

    /// <summary>Sizes of the minibatch. Default 64, 128 and 256.</summary>
    public IReadOnlyList<int> BatchSize { get; init; } = [64, 128, 256];

    /// <summary>The space in words; two spaces that draw the same read the same.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => InvariantText.Of(() =>
        $"cells [{string.Join(", ", Cells)}], units {Units}, layers {Layers}, learning rate {LearningRate}, dropout {Dropout}, bidirectional [{string.Join(", ", Bidirectional)}], batch size [{string.Join(", ", BatchSize)}]");

    /// <summary>The options of one configuration, counted from 0: drawn by the seed and this number only.</summary>
    internal RnnClassifierOptions Draw(RnnClassifierOptions options, int seed, int configuration)
    {
        // A random number generator of its own for each configuration, so that none depends on how many were drawn before.
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
