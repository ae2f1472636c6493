namespace Rnn.MLNet.Comparison;

/// <summary>What ended an experiment.</summary>
public enum ExperimentEnd
{
    /// <summary>There was nothing left to try.</summary>
    NothingLeft,

    /// <summary><see cref="RnnExperimentSettings.MaxTrials"/>.</summary>
    MaxTrials,

    /// <summary><see cref="RnnExperimentSettings.MaxExperimentTimeInSeconds"/>.</summary>
    MaxTime,

    /// <summary>The cancellation token.</summary>
    Canceled,
}
