namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Gives out steps as a test says, by how many there were, and remembers what it was given.</summary>
internal sealed class ScriptedSearch(params SearchDecision[] steps) : ISearchStrategy
{
    /// <summary>Asked for this many steps, it waits while one is running.</summary>
    public int WaitsAfter { get; init; } = -1;

    public List<(IReadOnlyList<SearchStep> History, int MaxSteps)> Calls { get; } = [];

    /// <summary>So many configurations, each trained for one optimiser step.</summary>
    public static ScriptedSearch Of(int configurations) => new([.. Enumerable.Range(0, configurations).Select(configuration => SearchDecision.Train(configuration, 1))]);

    public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps)
    {
        Calls.Add((history, maxSteps));
        return history.Count == WaitsAfter && history.Any(step => step.Loss is null) ? SearchDecision.Wait
            : history.Count < steps.Length ? steps[history.Count] : SearchDecision.Done;
    }
}
