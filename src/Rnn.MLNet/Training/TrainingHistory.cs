using System.Globalization;

namespace Rnn.MLNet;

/// <summary>The history of a training: its epochs, and how it ended.</summary>
public sealed record TrainingHistory
{
    /// <summary>The history of a network that was not trained here, whose weights were given or loaded.</summary>
    internal static TrainingHistory None => new() { Epochs = [], Steps = 0, BestEpoch = 0, StoppedEarly = false };

    /// <summary>
    /// The epochs, in order. If <see cref="RnnOptions.MaxSteps"/> or a cancellation ended the training within an epoch, the last entry
    /// covers the minibatches of this epoch that were trained.
    /// </summary>
    public required IReadOnlyList<TrainingEpoch> Epochs { get; init; }

    /// <summary>The number of minibatches trained, which is the number of optimiser steps.</summary>
    public required long Steps { get; init; }

    /// <summary>
    /// The number format that the recurrent layers computed in, <see cref="RnnPrecision.Float32"/> or <see cref="RnnPrecision.BFloat16"/>:
    /// the resolved value of <see cref="RnnOptions.Precision"/>.
    /// </summary>
    public RnnPrecision Precision { get; init; } = RnnPrecision.Float32;

    /// <summary>
    /// The epoch of the model's weights, counted from 1: with early stopping the epoch with the lowest validation loss or, if the length of
    /// training was left open, with the highest validation accuracy; otherwise the last epoch.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>The number of rows in a minibatch: the resolved value of <see cref="RnnOptions.BatchSize"/>. 0 if nothing was trained.</summary>
    public int BatchSize { get; init; }

    /// <summary>
    /// The largest number of epochs that training could have taken: the resolved value of <see cref="RnnOptions.Epochs"/>. 0 if nothing was
    /// trained.
    /// </summary>
    public int PlannedEpochs { get; init; }

    /// <summary>The number of rows on which each epoch was validated; 0 for none.</summary>
    public long ValidationRows { get; init; }

    /// <summary>The number of features of a time step that are scaled (<see cref="RnnOptions.InputScaling"/>).</summary>
    public int ScaledFeatures { get; init; }

    /// <summary>
    /// Whether training ended before its last epoch because validation no longer improved or, if its length was left open, because the loss of the
    /// training rows stayed near zero.
    /// </summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>Whether the training was cancelled and the model that it had reached was kept (<see cref="OnCancel.KeepBest"/>).</summary>
    public bool Canceled { get; init; }

    /// <summary>
    /// Returns one line in the invariant culture that ends with the epoch of the model's weights, such as
    /// <c>9 epochs of 20, 1,200 steps, stopped early, best epoch 7: loss 0.1234, accuracy 96.5 %, 23,439 rows/s</c>.
    /// </summary>
    public override string ToString() => Epochs.FirstOrDefault(epoch => epoch.Epoch == BestEpoch) is { } best
        ? string.Create(CultureInfo.InvariantCulture, $"{Epochs.Count} {(Epochs.Count == 1 ? "epoch" : "epochs")} of {PlannedEpochs}, {Steps:#,0} {(Steps == 1 ? "step" : "steps")}")
            + (StoppedEarly ? ", stopped early" : "") + (Canceled ? ", cancelled" : "") + $", best {best}"
        : "not trained here";
}

/// <summary>The results of one epoch of a training.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">
/// The weighted mean loss of the training rows (cross-entropy, in nats), each measured before the optimiser step of its minibatch.
/// </param>
/// <param name="Accuracy">
/// The share of the training rows that were classified correctly, in [0, 1], each measured before the optimiser step of its minibatch.
/// </param>
/// <param name="ValidationLoss">The loss on the validation rows after the epoch; null if there are none.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation rows after the epoch, in [0, 1]; null if there are none.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="SamplesPerSecond">The number of training rows per second, not counting the time of the validation.</param>
public sealed record TrainingEpoch(
    int Epoch,
    double Loss,
    double Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double SamplesPerSecond)
{
    /// <summary>
    /// Returns one line in the invariant culture, such as
    /// <c>epoch 7: loss 0.1234, accuracy 96.5 %, validation loss 0.2000, accuracy 95.0 %, 23,439 rows/s</c>.
    /// </summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: loss {Loss:0.0000}, accuracy {100 * Accuracy:0.0} %")
        + (ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:0.0000}, accuracy {100 * ValidationAccuracy:0.0} %") : "")
        + string.Create(CultureInfo.InvariantCulture, $", {SamplesPerSecond:#,0} rows/s");
}
