namespace Rnn.MLNet;

/// <summary>What a cancelled Fit does with what was learnt so far.</summary>
public enum OnCancel
{
    /// <summary>Fit throws an <see cref="OperationCanceledException"/>. What was learnt since the last checkpoint is lost.</summary>
    Throw,

    /// <summary>
    /// Fit returns the model as it is after the last complete minibatch; with early stopping, once an epoch is complete, as it was after the
    /// best epoch. <see cref="TrainingHistory.Canceled"/> tells. With a checkpoint path the state is written, so that a later Fit goes
    /// on from there. Before the first minibatch there is nothing to keep, and Fit throws.
    /// </summary>
    KeepBest,
}
