namespace Rnn.MLNet;

/// <summary>
/// Where a training stands: told once a minibatch, and once more at the end of each epoch with <see cref="EpochEnded"/> true.
/// </summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all, if nothing ends the training sooner.</summary>
    public required int Epochs { get; init; }

    /// <summary>Minibatches trained so far.</summary>
    public required long Step { get; init; }

    /// <summary>Minibatches in all, if nothing ends the training sooner.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Rows trained so far, in all epochs.</summary>
    public required long RowsSeen { get; init; }

    /// <summary>Mean loss (cross-entropy, in nats) of this epoch's minibatches so far.</summary>
    public required double Loss { get; init; }

    /// <summary>Share of this epoch's rows so far that were classified right before their own step, in [0, 1].</summary>
    public required double Accuracy { get; init; }

    /// <summary>Loss of the last minibatch, before its step.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>Share of the last minibatch that was classified right, before its step, in [0, 1].</summary>
    public required double BatchAccuracy { get; init; }

    /// <summary>Learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training rows a second in this epoch so far, without the validation.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Whether the epoch is complete, its validation included.</summary>
    public bool EpochEnded { get; init; }

    /// <summary>Loss of the validation rows; null before the end of the epoch and without such rows.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Accuracy on the validation rows, in [0, 1]; null before the end of the epoch and without such rows.</summary>
    public double? ValidationAccuracy { get; init; }
}
