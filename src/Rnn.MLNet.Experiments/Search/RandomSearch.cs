namespace Rnn.MLNet.Comparison;

/// <summary>Random search: fully trains one random configuration after another.</summary>
public sealed record RandomSearch : ISearchStrategy
{
    /// <summary>The largest number of configurations, at least 1; null (the default) for as many as the budget allows.</summary>
    public int? MaxConfigurations { get; init; }

    /// <inheritdoc/>
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConfigurations ?? 1, 1, nameof(MaxConfigurations));
        return history.Count < (MaxConfigurations ?? int.MaxValue) ? SearchDecision.Train(history.Count, maxSteps) : SearchDecision.Done;
    }
}
