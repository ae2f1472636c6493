namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>What --only selects: a name is the first parts of a row's name, such as training/lstm/128 or accuracy.</summary>
internal sealed class Selection(IReadOnlyList<string> names)
{
    public bool Contains(string row) =>
        names.Count == 0 || names.Any(name => $"{row}/".StartsWith($"{name.Trim('/')}/", StringComparison.OrdinalIgnoreCase));

    public bool ContainsAnyOf(Contest contest) => contest.Contenders.Any(contender => IsWanted(contest, contender));

    /// <summary>The contenders that selected rows need: their own and the ones that they are compared with.</summary>
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
