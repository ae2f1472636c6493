namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Runs the contenders of a contest in turn (A B A B), so other load on the machine affects all of them alike.</summary>
internal sealed class ContestRunner(CompareOptions options, Action<string> report)
{
    public IReadOnlyList<ResultRow> Run(Contest contest)
    {
        var contenders = options.Only.Needed(contest);
        var values = contenders.ToDictionary(contender => contender.Name, _ => new List<double[]>());
        try
        {
            report($"{contest.Name}: preparing");
            contest.Prepare();
            RunRounds(contest, contenders, (name, measured) => values[name].Add(measured));
        }
        finally
        {
            contest.CleanUp();
        }

        var rows = contest.Metrics.SelectMany((metric, index) =>
            Rows(contest, metric, contenders, name => [.. values[name].Select(round => round[index])]));
        return [.. rows.Where(row => options.Only.Contains(row.Name))];
    }

    private void RunRounds(Contest contest, IReadOnlyList<Contender> contenders, Action<string, double[]> keep)
    {
        var rounds = options.Rounds ?? contest.Rounds;
        for (var round = contest.WarmUp ? 0 : 1; round <= rounds; round++)
        {
            foreach (var contender in contenders.Where(contender => round <= contender.MaxRounds))
            {
                report($"{contest.Name}: {(round == 0 ? "warming up" : $"round {round} of {rounds}")}, {contender.Name}");
                // The garbage of the previous contender must not be charged to the next one.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var measured = contender.Measure(options.RoundTime ?? contest.RoundTime);
                if (round > 0)
                {
                    keep(contender.Name, measured);
                }
            }
        }
    }

    private static IEnumerable<ResultRow> Rows(
        Contest contest, Metric metric, IReadOnlyList<Contender> contenders, Func<string, double[]> values)
    {
        var measured = contenders.Where(contender => !values(contender.Name).Any(double.IsNaN)).ToList();
        var medians = measured.ToDictionary(contender => contender.Name, contender => Median(values(contender.Name)));
        var candidates = metric.Baselines.Where(medians.ContainsKey).ToList();
        var baseline = metric.MoreIsBetter ? candidates.MaxBy(name => medians[name]) : candidates.MinBy(name => medians[name]);
        foreach (var contender in measured)
        {
            var name = contest.RowName(metric, contender.Name);
            yield return Row(contender, name, baseline!);
            if (contender.AlsoAgainst is not null && metric.Name.Length == 0)
            {
                yield return Row(contender, $"{name}/against-{contender.AlsoAgainst}", contender.AlsoAgainst);
            }
        }

        ResultRow Row(Contender contender, string name, string baseline)
        {
            var all = values(contender.Name);
            return new ResultRow(
                name, metric.Unit, Finite(medians[contender.Name]), Finite(metric.Best(all)), all.Length,
                contest.RowName(metric, baseline), Ratio(metric, medians[contender.Name], medians[baseline]));
        }
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Returns null where there is no ratio: a target was not reached, or a value is 0.</summary>
    private static double? Ratio(Metric metric, double value, double baseline) =>
        double.IsFinite(value) && double.IsFinite(baseline) && value != 0 && baseline != 0 ? metric.Ratio(value, baseline) : null;

    /// <summary>Returns null for infinity, which stands for a target that was not reached.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
