namespace Rnn.MLNet.Comparison;

/// <summary>The budget of an experiment, what it optimises, and what it may use of the machine. Immutable.</summary>
public sealed record RnnExperimentSettings
{
    /// <summary>
    /// Seconds that <c>Execute</c> may take, reading the data included, positive. Default 600. Time that an interrupted experiment took before counts when it
    /// is resumed.
    /// </summary>
    public double MaxExperimentTimeInSeconds { get; init; } = 600;

    /// <summary>Trials at most, at least 1; null (the default) for as many as the time allows.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>
    /// Seconds that one trial may take, positive. Null (the default): a candidate's first trial gets one and a half of its fair share
    /// of the time left, so that the candidates after it get their turn; a later trial gets what is left.
    /// </summary>
    public double? MaxTrialTimeInSeconds { get; init; }

    /// <summary>What makes one trial better than another. Default micro-accuracy.</summary>
    public MulticlassClassificationMetric OptimizingMetric { get; init; } = MulticlassClassificationMetric.MicroAccuracy;

    /// <summary>How many of the most probable classes top-k accuracy accepts, at least 1. Default 3.</summary>
    public int TopK { get; init; } = 3;

    /// <summary>Seed of the split, of every trial's <c>MLContext</c> and of the searches. The same seed gives the same trials. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Share of the rows to validate on when <c>Execute</c> gets no validation set, in (0, 1). Default 0.2. It is the share of every
    /// class; one row of each class at least stays to train on.
    /// </summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>
    /// Trials that run side by side, at least 1. Default 1. They divide the threads; the results of recurrent networks do not
    /// depend on it.
    /// </summary>
    public int MaxConcurrentTrials { get; init; } = 1;

    /// <summary>Threads of all trials together, at least 1; null (the default) for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Whether to hold the rows in memory, as they come and as the preprocessing gives them (in cross-validation for each fold),
    /// instead of reading and computing them for every trial. Default true. Data with a column that ML.NET cannot hold, such as
    /// images, are read for every trial all the same. Rows that can be read only once have to be held.
    /// </summary>
    public bool CacheBeforeTrainer { get; init; } = true;

    /// <summary>
    /// Folder of the journal, the best model and the trials' files. An experiment with the same candidates, settings and data
    /// is resumed from what is found there; a larger budget may be given. One experiment at a time may use it. What a candidate's
    /// function builds cannot be compared: give it another name when you change it. Null (the default): a temporary folder, deleted
    /// at the end.
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The threads of all trials together.</summary>
    internal int TotalThreads => Threads ?? Environment.ProcessorCount;

    /// <summary>The threads of one trial.</summary>
    internal int ThreadsPerTrial => Math.Max(1, TotalThreads / MaxConcurrentTrials);
}
