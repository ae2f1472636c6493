using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Training;

/// <summary>
/// The size of minibatches and the length of a training. Options that are left open are chosen from the number of rows and their length by fixed
/// rules, which docs/defaults.md lists; they never measure time, so the result does not depend on the machine.
/// </summary>
/// <param name="BatchSize">The number of rows in a minibatch.</param>
/// <param name="Epochs">The largest number of epochs.</param>
/// <param name="Patience">The number of epochs without improvement after which training stops; null for never.</param>
/// <param name="IsOpen">Whether the options leave the length of training open, so that it may end as soon as nothing is left to learn.</param>
internal sealed record TrainingLength(int BatchSize, int Epochs, int? Patience, bool IsOpen)
{
    private const int LeastEpochs = 10;
    private const int LeastPatience = 5;

    // Measured on small data sets (docs/defaults.md): most networks have learned the training rows well before these steps and stop there. The time
    // of training grows with steps × rows × time steps; the bound keeps it within about a minute on two cores.
    private const int StepsPerRow = 10;
    private const int LeastSteps = 1_000;
    private const int MostSteps = 4_000;
    private const long MostTimeSteps = 10_000_000;
    private const int LeastStepsOfLongRows = 500;

    /// <summary>Returns the length that options specify, and chooses what they leave open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="rows">The number of training rows.</param>
    /// <param name="shape">The shape of a row.</param>
    /// <param name="hasValidation">Whether there are validation rows.</param>
    public static TrainingLength Of(RnnOptions options, long rows, SequenceShape shape, bool hasValidation)
    {
        var batchSize = options.BatchSize ?? BatchSizeFor(rows);
        var batches = (rows + batchSize - 1) / batchSize;
        var isOpen = options is { Epochs: null, ScheduleEpochs: null, MaxSteps: null };
        var epochs = options.Epochs ?? options.ScheduleEpochs ?? (options.MaxSteps is { } steps ? Quotient(steps, batches) : EpochsFor(rows, batchSize, batches, shape));
        return new TrainingLength(
            batchSize, epochs, options.EarlyStoppingPatience ?? (isOpen && hasValidation ? Math.Max(LeastPatience, epochs / 4) : null), isOpen);
    }

    /// <summary>Returns the number of optimiser steps of a whole training, without early stopping.</summary>
    /// <inheritdoc cref="Of"/>
    public static long StepsOf(RnnOptions options, long rows, SequenceShape shape)
    {
        var length = Of(options, rows, shape, hasValidation: false);
        return Math.Min(length.Epochs * ((rows + length.BatchSize - 1) / length.BatchSize), options.MaxSteps ?? long.MaxValue);
    }

    /// <summary>Returns the number of rows in a minibatch that fits a number of training rows.</summary>
    public static int BatchSizeFor(long rows) => rows switch
    {
        < 1_000 => 16,
        < 10_000 => 32,
        < 30_000 => 64,
        _ => 128,
    };

    private static int EpochsFor(long rows, int batchSize, long batches, SequenceShape shape) =>
        Math.Max(LeastEpochs, Quotient(StepsFor(rows, batchSize, shape), batches));

    /// <summary>Returns the number of optimiser steps that rows need.</summary>
    private static long StepsFor(long rows, int batchSize, SequenceShape shape) => Math.Max(LeastStepsOfLongRows, Math.Min(
        Math.Clamp(StepsPerRow * rows, LeastSteps, MostSteps), MostTimeSteps / ((long)batchSize * shape.TimeSteps)));

    private static int Quotient(long steps, long batches) => (int)Math.Min(((steps - 1) / batches) + 1, int.MaxValue);
}
