namespace Rnn.MLNet;

/// <summary>What a training did, epoch by epoch.</summary>
public sealed record TrainingHistory
{
    /// <summary>
    /// One entry an epoch, in order. The last is of the minibatches until then if <see cref="RnnOptions.MaxSteps"/> or a
    /// cancellation ended the training within the epoch.
    /// </summary>
    public required IReadOnlyList<TrainingEpoch> Epochs { get; init; }

    /// <summary>Minibatches trained.</summary>
    public required long Steps { get; init; }

    /// <summary>
    /// Number format that the recurrent layers computed in: <see cref="RnnPrecision.Float32"/> or <see cref="RnnPrecision.BFloat16"/>,
    /// whatever <see cref="RnnOptions.Precision"/> left open.
    /// </summary>
    public RnnPrecision Precision { get; init; } = RnnPrecision.Float32;

    /// <summary>
    /// The epoch that the model's weights are from, counted from 1: the one of the lowest validation loss with early stopping,
    /// else the last.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>Whether the validation loss ended the training before its last epoch.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>Whether a cancellation ended the training, and <see cref="OnCancel.KeepBest"/> kept what was learnt.</summary>
    public bool Canceled { get; init; }
}

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">Weighted mean of the training rows' losses (cross-entropy, in nats), each before its own step.</param>
/// <param name="Accuracy">Share of the rows that were classified right before their own step, in [0, 1].</param>
/// <param name="ValidationLoss">Loss of the validation rows after the epoch; null without such rows.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation rows after the epoch, in [0, 1]; null without such rows.</param>
/// <param name="LearningRate">Learning rate of the epoch's last step.</param>
/// <param name="SamplesPerSecond">Training rows a second, without the validation.</param>
public sealed record TrainingEpoch(
    int Epoch,
    double Loss,
    double Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double SamplesPerSecond);
