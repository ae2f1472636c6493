namespace Rnn.MLNet.Comparison;

/// <summary>The progress of an experiment, reported whenever a trial starts or ends, and otherwise twice a second.</summary>
public sealed record ExperimentProgress
{
    /// <summary>The trial that has just ended; null if the report has another cause.</summary>
    public RnnRunDetail? Ended { get; init; }

    /// <summary>The trials that are running.</summary>
    public required IReadOnlyList<RunningTrial> Running { get; init; }

    /// <summary>The number of trials that have ended, including those of an earlier run.</summary>
    public required int Completed { get; init; }

    /// <summary>The best trial so far, without its model; null if none has succeeded yet.</summary>
    public required RnnRunDetail? Best { get; init; }

    /// <summary>The time that the experiment has taken, including an earlier run, in seconds.</summary>
    public required double ElapsedInSeconds { get; init; }

    /// <summary>The time left in the budget, in seconds; never negative.</summary>
    public required double RemainingInSeconds { get; init; }
}
