using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>How long a trial may take.</summary>
internal static class TrialTime
{
    /// <summary>The longest time that is waited for; timers take 24 days at most.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    /// <summary>
    /// A first turn gets one and a half of its fair share, so that candidates after a slow one keep their turn; time that
    /// quick ones leave over goes to those after them. A trial that may take all that is left is bound by the experiment's own end.
    /// </summary>
    /// <param name="settings">The budget.</param>
    /// <param name="turnsLeft">Candidates that have not had a turn yet, this one included; 0 for a trial after the first round.</param>
    /// <param name="remaining">Seconds of the budget that are left.</param>
    /// <returns>The time; infinite if only the experiment's end bounds it.</returns>
    public static TimeSpan Limit(RnnExperimentSettings settings, int turnsLeft, double remaining)
    {
        var share = turnsLeft == 0 ? 1 : 1.5 * settings.MaxConcurrentTrials / turnsLeft;
        var limit = settings.MaxTrialTimeInSeconds ?? (share < 1 ? Math.Max(remaining, 0) * share : double.PositiveInfinity);
        return limit < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(limit) : Timeout.InfiniteTimeSpan;
    }
}
