namespace Compare;

/// <summary>Limits another strategy to a total number of epochs, a budget that does not depend on the load of the machine.</summary>
internal sealed record EpochBudget(ISearchStrategy Strategy, int Epochs) : ISearchStrategy
{
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxEpochs)
    {
        var decision = Strategy.Next(history, maxEpochs);
        return decision.Epochs == 0 || Spent([.. history, new SearchStep(decision.Configuration, decision.Epochs, null)]) <= Epochs
            ? decision
            : SearchDecision.Done;
    }

    /// <summary>Returns the total number of epochs. A step that continues from earlier weights counts only the epochs that it adds.</summary>
    private static int Spent(IReadOnlyList<SearchStep> steps) => steps.GroupBy(step => step.Configuration).Sum(network => network.Max(step => step.Epochs));
}
