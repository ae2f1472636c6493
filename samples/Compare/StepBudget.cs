namespace Compare;

/// <summary>Limits another strategy to a total number of optimiser steps, a budget that does not depend on the load of the machine.</summary>
internal sealed record StepBudget(ISearchStrategy Strategy, int Steps) : ISearchStrategy
{
    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps)
    {
        var decision = Strategy.Next(history, maxSteps);
        return decision.Steps == 0 || Spent([.. history, new SearchStep(decision.Configuration, decision.Steps, null)]) <= Steps
            ? decision
            : SearchDecision.Done;
    }

    /// <summary>Returns the total number of optimiser steps. A step that continues from earlier weights counts only those that it adds.</summary>
    private static int Spent(IReadOnlyList<SearchStep> steps) => steps.GroupBy(step => step.Configuration).Sum(network => network.Max(step => step.Steps));
}
