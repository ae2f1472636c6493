using System.Globalization;

namespace Rnn.MLNet;

/// <summary>
/// The progress of training, reported after every minibatch and once more at the end of every epoch, with <see cref="EpochEnded"/> true.
/// </summary>
public sealed record TrainingProgress
{
    /// <summary>The current epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The total number of epochs, unless training ends earlier.</summary>
    public required int Epochs { get; init; }

    /// <summary>The number of optimiser steps so far, one per minibatch.</summary>
    public required long Step { get; init; }

    /// <summary>The total number of optimiser steps, unless training ends earlier.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>The number of rows processed so far, summed over all epochs.</summary>
    public required long RowsSeen { get; init; }

    /// <summary>
    /// The weighted mean loss (cross-entropy, in nats) of the rows processed so far in this epoch, each computed before the optimiser step on
    /// its minibatch.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>
    /// The fraction of the rows processed so far in this epoch that were classified correctly before the optimiser step on their minibatch,
    /// in [0, 1].
    /// </summary>
    public required double Accuracy { get; init; }

    /// <summary>The weighted mean loss of the last minibatch, before its optimiser step.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>The fraction of the last minibatch that was classified correctly before its optimiser step, in [0, 1].</summary>
    public required double BatchAccuracy { get; init; }

    /// <summary>The learning rate of the last optimiser step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The number of training rows per second so far in this epoch, excluding validation.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Whether the epoch is complete, including its validation.</summary>
    public bool EpochEnded { get; init; }

    /// <summary>The loss on the validation rows; null before the end of the epoch or if there are no validation rows.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The accuracy on the validation rows, in [0, 1]; null before the end of the epoch or if there are no validation rows.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// Returns one line in the invariant culture, such as
    /// <c>epoch 2/5, step 700/2345: loss 0.1234, accuracy 96.5 %, 23,439 rows/s, 9 s left</c>, at the end of an epoch with the figures of the validation rows.
    /// </summary>
    public override string ToString()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}/{Epochs}, step {Step}/{TotalSteps}: loss {Loss:0.0000}, accuracy {100 * Accuracy:0.0} %");
        if (ValidationLoss is { } loss)
        {
            line += string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:0.0000}, accuracy {100 * ValidationAccuracy:0.0} %");
        }

        var secondsLeft = (TotalSteps - Step) * ((double)RowsSeen / Step) / SamplesPerSecond;
        return line + string.Create(CultureInfo.InvariantCulture, $", {SamplesPerSecond:#,0} rows/s")
            + (double.IsFinite(secondsLeft) ? string.Create(CultureInfo.InvariantCulture, $", {secondsLeft:#,0} s left") : "");
    }
}
