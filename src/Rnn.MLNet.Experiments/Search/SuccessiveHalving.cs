namespace Rnn.MLNet.Comparison;

/// <summary>
/// Asynchronous successive halving (ASHA; Li et al., 2020): all configurations are trained a little, the best of them further, the
/// best of those to the end, each from its own weights. Whenever one may be promoted it is, else a new one begins.
/// </summary>
/// <remarks>
/// Steps are decided in waves: a decision sees the losses of all earlier waves and of nothing else, so that the steps are the same
/// however many run side by side. More trials side by side than <see cref="Wave"/> leave some of them idle.
/// </remarks>
public sealed record SuccessiveHalving : ISearchStrategy
{
    /// <summary>Epochs on the lowest rung, at least 1. Default 1.</summary>
    public int MinEpochs { get; init; } = 1;

    /// <summary>One in so many configurations climbs to the next rung, which has so many times the epochs; at least 2. Default 3.</summary>
    public int Reduction { get; init; } = 3;

    /// <summary>Steps that are decided together, at least 1. Default 4.</summary>
    public int Wave { get; init; } = 4;

    /// <summary>Configurations at most, at least 1; null (the default) for as many as the budget allows.</summary>
    public int? MaxConfigurations { get; init; }

    /// <inheritdoc/>
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxEpochs)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reduction, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wave, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConfigurations ?? 1, 1, nameof(MaxConfigurations));
        SearchStep[] visible = [.. history.Take(history.Count / Wave * Wave)];
        if (visible.Any(step => step.Loss is null))
        {
            return SearchDecision.Wait;
        }

        var rungs = Rungs(maxEpochs);
        if (Promotion(history, visible, rungs) is { } promotion)
        {
            return promotion;
        }

        var begun = history.Count == 0 ? 0 : history.Max(step => step.Configuration) + 1;
        if (begun < (MaxConfigurations ?? int.MaxValue))
        {
            return SearchDecision.Train(begun, rungs[0]);
        }

        // No step is left to fill the wave: what it has must do.
        return history.Any(step => step.Loss is null)
            ? SearchDecision.Wait
            : Promotion(history, [.. history], rungs) ?? SearchDecision.Done;
    }

    /// <summary>On the highest rung that has one, the best configuration that is among its rung's best and not promoted yet.</summary>
    private SearchDecision? Promotion(IReadOnlyList<SearchStep> history, SearchStep[] visible, int[] rungs)
    {
        for (var rung = rungs.Length - 2; rung >= 0; rung--)
        {
            SearchStep[] done = [.. visible.Where(step => step.Epochs == rungs[rung])];
            var promoted = history.Where(step => step.Epochs == rungs[rung + 1]).Select(step => step.Configuration).ToHashSet();
            var best = done.OrderBy(step => step.Loss).ThenBy(step => step.Configuration).Take(done.Length / Reduction)
                .FirstOrDefault(step => double.IsFinite(step.Loss!.Value) && !promoted.Contains(step.Configuration));
            if (best is not null)
            {
                return SearchDecision.Train(best.Configuration, rungs[rung + 1]);
            }
        }

        return null;
    }

    private int[] Rungs(int maxEpochs)
    {
        var rungs = new List<int>();
        for (long epochs = MinEpochs; epochs < maxEpochs; epochs *= Reduction)
        {
            rungs.Add((int)epochs);
        }

        return [.. rungs, maxEpochs];
    }
}
