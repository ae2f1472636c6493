namespace Compare;

/// <summary>Another strategy, ended when its networks have been trained for so many epochs together: a budget that no other load on the machine changes.</summary>
internal sealed record EpochBudget(ISearchStrategy Strategy, int Epochs) : ISearchStrategy
{
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxEpochs)
    {
        var decision = Strategy.Next(history, maxEpochs);
        return decision.Epochs == 0 || Spent([.. history, new SearchStep(decision.Configuration, decision.Epochs, null)]) <= Epochs
            ? decision
            : SearchDecision.Done;
    }

    /// <summary>A network that is resumed from its own weights costs only the epochs that it adds.</summary>
    private static int Spent(IReadOnlyList<SearchStep> steps) => steps.GroupBy(step => step.Configuration).Sum(network => network.Max(step => step.Epochs));
}
