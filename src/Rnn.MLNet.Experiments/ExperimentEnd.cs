namespace Rnn.MLNet.Comparison;

/// <summary>The reason why an experiment ended.</summary>
public enum ExperimentEnd
{
    /// <summary>All candidates were tried and every search is done.</summary>
    NothingLeft,

    /// <summary>The experiment reached <see cref="RnnExperimentSettings.MaxTrials"/>.</summary>
    MaxTrials,

    /// <summary>The experiment reached <see cref="RnnExperimentSettings.MaxExperimentTimeInSeconds"/>.</summary>
    MaxTime,

    /// <summary>The cancellation token was cancelled.</summary>
    Canceled,
}
