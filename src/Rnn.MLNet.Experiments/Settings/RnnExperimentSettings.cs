namespace Rnn.MLNet.Comparison;

/// <summary>The settings of an experiment: its budget, the metric to optimise, and the resources to use. Immutable.</summary>
public sealed record RnnExperimentSettings
{
    /// <summary>
    /// The time that <c>Execute</c> may take, including reading the data, in seconds; positive. The default is 600. When an interrupted experiment
    /// is resumed, the time that it has already taken counts.
    /// </summary>
    public double MaxExperimentTimeInSeconds { get; init; } = 600;

    /// <summary>The largest number of trials, at least 1; null (the default) for as many as the time allows.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>
    /// The time that one trial may take, in seconds; positive. If null (the default), a candidate's first trial gets at most 1.5 times its fair
    /// share of the remaining time, which leaves time for the candidates after it; a later trial may use all the remaining time.
    /// </summary>
    public double? MaxTrialTimeInSeconds { get; init; }

    /// <summary>The metric by which trials are compared. The default is <see cref="MulticlassClassificationMetric.MicroAccuracy"/>.</summary>
    public MulticlassClassificationMetric OptimizingMetric { get; init; } = MulticlassClassificationMetric.MicroAccuracy;

    /// <summary>The k of top-k accuracy, at least 1. The default is 3.</summary>
    public int TopK { get; init; } = 3;

    /// <summary>
    /// The seed of the split, of every trial's <c>MLContext</c> and of the searches. The same seed gives the same trials. The default is 0.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// The fraction of rows held out for validation if <c>Execute</c> gets no validation set, in (0, 1). The split is stratified; at least one
    /// row of each class remains for training. Null (the default) for 0.2 if at least 1,000 rows have a label; with fewer, a fifth of them is too
    /// small to compare candidates by, and the experiment uses five-fold cross-validation instead, unless there are fewer than five.
    /// </summary>
    public double? ValidationFraction { get; init; }

    /// <summary>
    /// The number of trials that run concurrently, at least 1. The default is 1. Concurrent trials share <see cref="Threads"/>. The results of
    /// recurrent networks do not depend on this setting.
    /// </summary>
    public int MaxConcurrentTrials { get; init; } = 1;

    /// <summary>The total number of threads of all concurrent trials, at least 1; null (the default) for one per core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Whether to cache the rows in memory, both as read and as preprocessed (for each fold with cross-validation), instead of reading and
    /// preprocessing them for every trial. The default is true. Data with a column that ML.NET cannot cache, such as images, is always read for
    /// every trial. Data that can be read only once must be cached.
    /// </summary>
    public bool CacheBeforeTrainer { get; init; } = true;

    /// <summary>
    /// The folder of the journal, the best model and the trials' files. An experiment with the same candidates, settings and data is resumed
    /// from this folder; it may be given a larger budget. Only one experiment at a time can use the folder. A change inside a candidate's
    /// function cannot be detected: rename the candidate when you change it. If null (the default), a temporary folder is used and deleted at
    /// the end.
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The total number of threads of all concurrent trials.</summary>
    internal int TotalThreads => Threads ?? Environment.ProcessorCount;

    /// <summary>The number of threads of one trial.</summary>
    internal int ThreadsPerTrial => Math.Max(1, TotalThreads / MaxConcurrentTrials);
}
