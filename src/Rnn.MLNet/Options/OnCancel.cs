namespace Rnn.MLNet;

/// <summary>Whether a cancelled <c>Fit</c> discards or returns the model trained so far.</summary>
public enum OnCancel
{
    /// <summary><c>Fit</c> throws an <see cref="OperationCanceledException"/>. Progress since the last checkpoint is lost.</summary>
    Throw,

    /// <summary>
    /// <c>Fit</c> returns the model with the weights after the last complete minibatch or, with early stopping and at least one complete
    /// epoch, with the weights of the best epoch. <see cref="TrainingHistory.Canceled"/> is then true. If
    /// <see cref="RnnOptions.CheckpointPath"/> is set, a checkpoint is written from which a later <c>Fit</c> can resume. If no
    /// minibatch is complete yet, <c>Fit</c> throws an <see cref="OperationCanceledException"/>.
    /// </summary>
    KeepBest,
}
