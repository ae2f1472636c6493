namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>A comparison of several implementations of the same work, which are measured in turn.</summary>
/// <param name="Name">The first part of the row names.</param>
/// <param name="Metrics">The metrics to measure.</param>
/// <param name="Contenders">The contenders, in the order in which they run within each round.</param>
internal sealed record Contest(string Name, IReadOnlyList<Metric> Metrics, IReadOnlyList<Contender> Contenders)
{
    /// <summary>The default working time per contender and round.</summary>
    public TimeSpan RoundTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The default number of rounds.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>
    /// Whether an extra first round warms up compilation, caches and native libraries. It is useless for contests in new processes.
    /// </summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Runs before the first round: loads data, trains the model to score, and checks that the contenders agree.</summary>
    public Action Prepare { get; init; } = () => { };

    /// <summary>Runs after the last round.</summary>
    public Action CleanUp { get; init; } = () => { };

    /// <summary>Returns the name of a row.</summary>
    public string RowName(Metric metric, string contender) =>
        metric.Name.Length == 0 ? $"{Name}/{contender}" : $"{Name}/{metric.Name}/{contender}";
}
