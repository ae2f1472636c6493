namespace Rnn.MLNet.Comparison;

/// <summary>Where an experiment stands: its listener is notified when a trial begins or ends, and twice a second.</summary>
public sealed record ExperimentProgress
{
    /// <summary>The trial that has just ended; null if none has.</summary>
    public RnnRunDetail? Ended { get; init; }

    /// <summary>The trials that run now.</summary>
    public required IReadOnlyList<RunningTrial> Running { get; init; }

    /// <summary>Trials that have ended, those of an earlier run included.</summary>
    public required int Completed { get; init; }

    /// <summary>The best trial so far, without its model; null if none went well yet.</summary>
    public required RnnRunDetail? Best { get; init; }

    /// <summary>Seconds that the experiment has taken, those of an earlier run included.</summary>
    public required double ElapsedInSeconds { get; init; }

    /// <summary>Seconds of the budget that are left.</summary>
    public required double RemainingInSeconds { get; init; }
}
