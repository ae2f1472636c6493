using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Plots the metric against a cost and marks the Pareto frontier: the trials that no other beats in both.</summary>
internal static class FrontierPlot
{
    public static string Of(
        ExperimentResult result, IReadOnlyList<string> names, string name, string axis, Func<RnnRunDetail, double?> cost, Func<double, string> format)
    {
        var metric = result.Settings.OptimizingMetric;
        // A single bad trial would compress the axis for all others.
        var (runs, hidden) = WithoutOutliers([.. result.Leaderboard.Where(run => cost(run) > 0)]);
        if (runs.Length == 0)
        {
            return "<p class=\"hint\">No trial has a value to plot.</p>";
        }

        double X(RnnRunDetail run) => Math.Log10(cost(run)!.Value);
        double Y(RnnRunDetail run) => Show.Metric(run, metric);

        var plot = new SvgPlot(name);
        var (left, right) = Padded(runs.Min(X), runs.Max(X), 0.12, 0.15);
        var (bottom, top) = Padded(runs.Min(Y), runs.Max(Y), 0.08, 0.002);
        plot.Limits(left, right, bottom, top);
        plot.Ticks(
            AxisTicks.Logarithmic(left, right, format),
            AxisTicks.Linear(bottom, top, (value, decimals) => metric == MulticlassClassificationMetric.LogLoss
                ? value.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture)
                : value > 1 + 1e-9 ? "" : value.ToString("P" + Math.Max(0, decimals - 2), System.Globalization.CultureInfo.InvariantCulture)));

        RnnRunDetail[] frontier = [.. runs.Where(run => !runs.Any(other => cost(other) < cost(run) && other.Loss <= run.Loss || cost(other) <= cost(run) && other.Loss < run.Loss)).OrderBy(X)];
        plot.Line([.. frontier.Select(X)], [.. frontier.Select(Y)], SvgPlot.Series(9), 1.5f);
        foreach (var run in runs.AsEnumerable().Reverse())
        {
            plot.Mark(X(run), Y(run), SvgPlot.Series(Index(names, run)), filled: frontier.Contains(run), size: 9);
        }

        foreach (var best in runs.GroupBy(run => run.TrainerName).Select(group => group.First()))
        {
            plot.Label(X(best), Y(best), Short(best.TrainerName));
        }

        return plot.ToSvg(hidden == 0 ? axis : $"{axis} ({hidden} much worse not shown)", $"{Show.MetricName(metric)} against {axis}");
    }

    public static int Index(IReadOnlyList<string> names, RnnRunDetail run) => Enumerable.Range(0, names.Count).First(index => names[index] == run.TrainerName);

    /// <summary>Shortens a name to fit the plot; the legend shows the full name.</summary>
    private static string Short(string name) => name.Length <= 40 ? name : name[..39] + "…";

    private static (RnnRunDetail[] Shown, int Hidden) WithoutOutliers(RnnRunDetail[] runs)
    {
        var limit = runs.Length == 0 ? null : 3 * runs[runs.Length / 2].Loss;
        RnnRunDetail[] shown = [.. runs.Where(run => run.Loss <= limit)];
        return shown.Length == 0 || limit == 0 ? (runs, 0) : (shown, runs.Length - shown.Length);
    }

    private static (double From, double To) Padded(double from, double to, double share, double least)
    {
        var padding = Math.Max((to - from) * share, least);
        return (from - padding, to + padding);
    }
}
