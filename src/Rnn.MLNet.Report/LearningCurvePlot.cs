using System.Globalization;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Plots the training loss of the recurrent networks by epoch, for a search only of its best configurations.</summary>
internal static class LearningCurvePlot
{
    private const int MostOfOneSearch = 4;

    /// <summary>Returns the plot; null if there is nothing to plot.</summary>
    public static string? Of(ExperimentResult result, IReadOnlyList<string> names)
    {
        RnnRunDetail[] runs = [.. result.Leaderboard
            .Where(run => run.LearningCurve.Count > 1 && run.LearningCurve.All(point => point.Loss > 0))
            .GroupBy(run => (run.TrainerName, run.Configuration)).Select(group => group.MaxBy(run => run.LearningCurve.Count)!)
            .GroupBy(run => run.TrainerName).SelectMany(group => group.OrderBy(run => run.Loss).Take(MostOfOneSearch))];
        if (runs.Length == 0)
        {
            return null;
        }

        LearningCurvePoint[] points = [.. runs.SelectMany(run => run.LearningCurve)];
        var plot = new SvgPlot("curves");
        var (bottom, top) = (Math.Log10(points.Min(point => point.Loss)) - 0.1, Math.Log10(points.Max(point => point.Loss)) + 0.1);
        var right = points.Max(point => point.Epoch);
        plot.Limits(0.8, right + 0.2, bottom, top);
        plot.Ticks(
            [.. AxisTicks.Linear(1, Math.Max(right, 2), (value, _) => value.ToString("0.#", CultureInfo.InvariantCulture)).Where(tick => tick.Position % 1 == 0)],
            AxisTicks.Logarithmic(bottom, top, value => value.ToString("G3", CultureInfo.InvariantCulture)));
        foreach (var run in runs)
        {
            plot.Line(
                [.. run.LearningCurve.Select(point => (double)point.Epoch)], [.. run.LearningCurve.Select(point => Math.Log10(point.Loss))],
                SvgPlot.Series(FrontierPlot.Index(names, run)), width: run.TrialId == result.BestRun!.TrialId ? 3 : 1.7f);
        }

        return plot.ToSvg("epoch", "training loss by epoch");
    }
}
