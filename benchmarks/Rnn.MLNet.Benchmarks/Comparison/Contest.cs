namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Several ways to do the same work, to be measured in turn.</summary>
/// <param name="Name">The first part of the names of its rows.</param>
/// <param name="Metrics">What is measured.</param>
/// <param name="Contenders">Who is measured, in this order within each round.</param>
internal sealed record Contest(string Name, IReadOnlyList<Metric> Metrics, IReadOnlyList<Contender> Contenders)
{
    /// <summary>Work of each contender in each round, unless the command line says otherwise.</summary>
    public TimeSpan RoundTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rounds, unless the command line says otherwise.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Whether a first round is run and thrown away: compilation, caches, native start-up. Of no use to fresh processes.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Runs before the first round: loads data, trains what is to be scored, checks that the contenders agree.</summary>
    public Action Prepare { get; init; } = () => { };

    /// <summary>Runs after the last round.</summary>
    public Action CleanUp { get; init; } = () => { };

    /// <summary>The name of a row.</summary>
    public string RowName(Metric metric, string contender) =>
        metric.Name.Length == 0 ? $"{Name}/{contender}" : $"{Name}/{metric.Name}/{contender}";
}
