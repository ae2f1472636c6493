using System.Globalization;
using OxyPlot;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Plots the metric against a cost and marks the Pareto frontier: the trials that no other beats in both.</summary>
internal static class FrontierPlot
{
    /// <summary>Returns the plot, and whether its marks have numbers in place of names.</summary>
    public static (string Html, bool IsNumbered) Of(
        ExperimentResult result, IReadOnlyDictionary<string, Candidate> candidates, string name, string axis, Func<RnnRunDetail, double?> cost, Func<double, string> format)
    {
        var metric = result.Settings.OptimizingMetric;
        RnnRunDetail[] measured = [.. result.Leaderboard.Where(run => cost(run) is > 0 and < double.PositiveInfinity)];
        // A single bad trial would compress the axis for all others.
        RnnRunDetail[] runs = [.. WithoutOutliers(measured).Where(run => double.IsFinite(Show.Metric(run, metric)))];
        if (runs.Length == 0)
        {
            return ("<p class=\"hint\">No trial has a value to plot.</p>", false);
        }

        DataPoint At(RnnRunDetail run) => new(Math.Log10(cost(run)!.Value), Show.Metric(run, metric));

        var (left, right) = Padded(runs.Select(run => At(run).X), 0.12, 0.15);
        var (bottom, top) = Padded(runs.Select(run => At(run).Y), 0.08, 0.002);
        var title = runs.Length == measured.Length ? axis : $"{axis} ({measured.Length - runs.Length} much worse not shown)";
        var plot = new SvgPlot(
            name,
            new TickAxis(title, left, right, AxisTicks.Logarithmic(left, right, format)),
            new TickAxis(null, bottom, top, AxisTicks.Linear(bottom, top, (value, decimals) => metric == MulticlassClassificationMetric.LogLoss
                ? value.ToString("F" + decimals, CultureInfo.InvariantCulture)
                : value > 1 + 1e-9 ? "" : value.ToString("P" + Math.Max(0, decimals - 2), CultureInfo.InvariantCulture))));

        RnnRunDetail[] frontier = [.. runs.Where(run => !runs.Any(other => cost(other) < cost(run) && other.Loss <= run.Loss || cost(other) <= cost(run) && other.Loss < run.Loss))];
        plot.Line(frontier.Select(At).OrderBy(point => point.X), series: 9, width: 1.5);
        foreach (var run in runs.AsEnumerable().Reverse())
        {
            plot.Mark(At(run), candidates[run.TrainerName].Series, filled: frontier.Contains(run));
        }

        foreach (var best in runs.DistinctBy(run => run.TrainerName))
        {
            plot.Label(At(best), Short(best.TrainerName), candidates[best.TrainerName].Place);
        }

        return (plot.ToSvg($"{Show.MetricName(metric)} against {axis}"), plot.IsNumbered);
    }

    /// <summary>Shortens a name to fit the plot; the legend shows the full name.</summary>
    private static string Short(string name)
    {
        var letters = new StringInfo(name);
        return letters.LengthInTextElements <= 30 ? name : letters.SubstringByTextElements(0, 29) + "…";
    }

    private static RnnRunDetail[] WithoutOutliers(RnnRunDetail[] runs)
    {
        var limit = runs.Length == 0 ? null : 3 * runs[runs.Length / 2].Loss;
        RnnRunDetail[] shown = [.. runs.Where(run => run.Loss <= limit)];
        return shown.Length == 0 || limit == 0 ? runs : shown;
    }

    private static (double From, double To) Padded(IEnumerable<double> values, double share, double least)
    {
        var (from, to) = (values.Min(), values.Max());
        var padding = Math.Max((to - from) * share, least);
        return (from - padding, to + padding);
    }
}
