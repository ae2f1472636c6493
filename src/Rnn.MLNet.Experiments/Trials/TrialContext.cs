namespace Rnn.MLNet.Comparison;

/// <summary>What a candidate may want to know of the trial that it is built for.</summary>
public sealed record TrialContext
{
    /// <summary>The trial, counted from 1.</summary>
    public required int TrialId { get; init; }

    /// <summary>Threads that the trial may use: what an ML.NET trainer's <c>NumberOfThreads</c> should be. Recurrent networks take it by themselves.</summary>
    public required int Threads { get; init; }

    /// <summary>The seed of the experiment, also that of the trial's <c>MLContext</c>.</summary>
    public required int Seed { get; init; }

    /// <summary>The fold, counted from 0; always 0 without cross-validation.</summary>
    public required int Fold { get; init; }

    /// <summary>Cancelled when the trial's time is over or the experiment is stopped, as the trial's <c>MLContext</c> is.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
