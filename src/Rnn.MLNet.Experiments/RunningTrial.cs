namespace Rnn.MLNet.Comparison;

/// <summary>A trial that is running.</summary>
/// <param name="TrialId">The number of the trial, starting at 1.</param>
/// <param name="TrainerName">The candidate's name.</param>
/// <param name="Settings">The settings that a search drew, by name; empty for other candidates.</param>
/// <param name="ElapsedInSeconds">The time for which the trial has been running, in seconds.</param>
public sealed record RunningTrial(int TrialId, string TrainerName, IReadOnlyDictionary<string, string> Settings, double ElapsedInSeconds);
