namespace Rnn.MLNet.Comparison;

/// <summary>
/// Asynchronous successive halving (ASHA; Li et al., 2020): all configurations are trained for a few optimiser steps, the best of them are
/// promoted to the next rung with more steps, and so on up to full training. A promoted configuration continues from its own weights. A configuration is
/// promoted as soon as possible; otherwise a new one starts.
/// </summary>
/// <remarks>
/// Steps are decided in waves: a decision uses the losses of all earlier waves only, which makes the steps independent of how many trials
/// run concurrently. At most <see cref="Wave"/> trials of the search can run concurrently.
/// </remarks>
public sealed record SuccessiveHalving : ISearchStrategy
{
    /// <summary>
    /// The smallest number of optimiser steps on a rung, at least 1. The default is 100: with fewer, hardly any network has learned something by
    /// which it can be compared. The rungs are the steps of full training, divided by <see cref="Reduction"/> as long as that many are left.
    /// </summary>
    public int MinSteps { get; init; } = 100;

    /// <summary>
    /// The reduction factor η, at least 2: one in η configurations is promoted to the next rung, which has η times the steps. The default is 3.
    /// </summary>
    public int Reduction { get; init; } = 3;

    /// <summary>The number of steps in a wave, at least 1. The default is 4.</summary>
    public int Wave { get; init; } = 4;

    /// <summary>The largest number of configurations, at least 1; null (the default) for as many as the budget allows.</summary>
    public int? MaxConfigurations { get; init; }

    /// <inheritdoc/>
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reduction, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wave, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConfigurations ?? 1, 1, nameof(MaxConfigurations));
        SearchStep[] visible = [.. history.Take(history.Count / Wave * Wave)];
        if (visible.Any(step => step.Loss is null))
        {
            return SearchDecision.Wait;
        }

        var rungs = Rungs(maxSteps);
        if (Promotion(history, visible, rungs) is { } promotion)
        {
            return promotion;
        }

        var begun = history.Count == 0 ? 0 : history.Max(step => step.Configuration) + 1;
        if (begun < (MaxConfigurations ?? int.MaxValue))
        {
            return SearchDecision.Train(begun, rungs[0]);
        }

        // No new configuration can fill the wave, so promotions are decided from the steps of the incomplete wave.
        return history.Any(step => step.Loss is null)
            ? SearchDecision.Wait
            : Promotion(history, [.. history], rungs) ?? SearchDecision.Done;
    }

    /// <summary>Returns the best configuration that can be promoted, from the highest rung that has one; null if there is none.</summary>
    private SearchDecision? Promotion(IReadOnlyList<SearchStep> history, SearchStep[] visible, int[] rungs)
    {
        for (var rung = rungs.Length - 2; rung >= 0; rung--)
        {
            SearchStep[] done = [.. visible.Where(step => step.Steps == rungs[rung])];
            var promoted = history.Where(step => step.Steps == rungs[rung + 1]).Select(step => step.Configuration).ToHashSet();
            var best = done.OrderBy(step => step.Loss).ThenBy(step => step.Configuration).Take(done.Length / Reduction)
                .FirstOrDefault(step => double.IsFinite(step.Loss!.Value) && !promoted.Contains(step.Configuration));
            if (best is not null)
            {
                return SearchDecision.Train(best.Configuration, rungs[rung + 1]);
            }
        }

        return null;
    }

    private int[] Rungs(int maxSteps)
    {
        var rungs = new List<int> { maxSteps };
        while (rungs[^1] / Reduction >= MinSteps)
        {
            rungs.Add(rungs[^1] / Reduction);
        }

        rungs.Reverse();
        return [.. rungs];
    }
}
