using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>What came of a trial: its row, and the model, which somebody has to keep or to discard.</summary>
/// <param name="Run">The row, without the model.</param>
/// <param name="Model">The model; null for a trial that failed or was abandoned.</param>
internal sealed record TrialOutcome(RnnRunDetail Run, TrialModel? Model = null)
{
    /// <summary>False if the end of the experiment cut the trial short: such a trial is run again when the experiment is resumed.</summary>
    public bool IsFinal { get; init; } = true;
}
