namespace Rnn.MLNet.Comparison;

/// <summary>Information about the trial that a candidate's estimator is created for.</summary>
public sealed record TrialContext
{
    /// <summary>The number of the trial, starting at 1.</summary>
    public required int TrialId { get; init; }

    /// <summary>
    /// The number of threads that the trial may use, for an ML.NET trainer's <c>NumberOfThreads</c>. Recurrent networks use it automatically.
    /// </summary>
    public required int Threads { get; init; }

    /// <summary>The seed of the experiment, which the trial's <c>MLContext</c> also has.</summary>
    public required int Seed { get; init; }

    /// <summary>The zero-based fold; always 0 without cross-validation.</summary>
    public required int Fold { get; init; }

    /// <summary>
    /// A token that is cancelled, together with the trial's <c>MLContext</c>, when the trial's time is over or the experiment ends.
    /// </summary>
    public required CancellationToken CancellationToken { get; init; }
}
