namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>The rows selected by --only. A name consists of the first parts of a row name, such as training/lstm/128 or accuracy.</summary>
internal sealed class Selection(IReadOnlyList<string> names)
{
    public bool Contains(string row) =>
        names.Count == 0 || names.Any(name => $"{row}/".StartsWith($"{name.Trim('/')}/", StringComparison.OrdinalIgnoreCase));

    public bool ContainsAnyOf(Contest contest) => contest.Contenders.Any(contender => IsWanted(contest, contender));

    /// <summary>Returns the contenders that the selected rows need: their own and those that they are compared with.</summary>
    public IReadOnlyList<Contender> Needed(Contest contest)
    {
        var wanted = contest.Contenders.Where(contender => IsWanted(contest, contender)).ToList();
        var names = wanted.Select(contender => contender.Name).ToHashSet();
        names.UnionWith(contest.Metrics.SelectMany(metric => metric.Baselines));
        names.UnionWith(wanted.Where(contender => contender.AlsoAgainst is not null).Select(contender => contender.AlsoAgainst!));
        return [.. contest.Contenders.Where(contender => names.Contains(contender.Name))];
    }

    private bool IsWanted(Contest contest, Contender contender) =>
        contest.Metrics.Any(metric => Contains(contest.RowName(metric, contender.Name)));
}
