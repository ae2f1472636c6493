using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Computes the time limit of a trial.</summary>
internal static class TrialTime
{
    /// <summary>The longest wait; timers support at most 24 days.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    /// <summary>
    /// Returns the time limit. A candidate's first trial gets 1.5 times its fair share of the remaining time, which leaves time for the
    /// candidates after a slow one; time that fast candidates do not use goes to those after them. A trial that may use all the remaining time
    /// has no limit of its own.
    /// </summary>
    /// <param name="settings">The settings with the budget.</param>
    /// <param name="turnsLeft">The number of candidates that have not had a trial yet, including this one; 0 after the first round.</param>
    /// <param name="remaining">The remaining time of the budget, in seconds.</param>
    /// <returns>The time limit; infinite if only the end of the experiment limits the trial.</returns>
    public static TimeSpan Limit(RnnExperimentSettings settings, int turnsLeft, double remaining)
    {
        var share = turnsLeft == 0 ? 1 : 1.5 * settings.MaxConcurrentTrials / turnsLeft;
        var limit = settings.MaxTrialTimeInSeconds ?? (share < 1 ? Math.Max(remaining, 0) * share : double.PositiveInfinity);
        return limit < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(limit) : Timeout.InfiniteTimeSpan;
    }
}
