namespace Rnn.MLNet.Comparison;

/// <summary>A trial that runs now.</summary>
/// <param name="TrialId">The trial, counted from 1.</param>
/// <param name="TrainerName">The candidate's name.</param>
/// <param name="Settings">What a search drew; empty for other candidates.</param>
/// <param name="ElapsedInSeconds">How long it has been running.</param>
public sealed record RunningTrial(int TrialId, string TrainerName, IReadOnlyDictionary<string, string> Settings, double ElapsedInSeconds);
