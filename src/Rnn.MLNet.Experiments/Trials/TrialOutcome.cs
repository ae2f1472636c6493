using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The outcome of a trial: its results and its model, which the receiver must keep or discard.</summary>
/// <param name="Run">The trial's results, without the model.</param>
/// <param name="Model">The model; null if the trial failed or was abandoned.</param>
internal sealed record TrialOutcome(RnnRunDetail Run, TrialModel? Model = null)
{
    /// <summary>False if the end of the experiment cut the trial short; it runs again when the experiment is resumed.</summary>
    public bool IsFinal { get; init; } = true;
}
