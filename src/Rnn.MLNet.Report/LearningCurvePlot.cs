using System.Globalization;
using OxyPlot;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Plots the training loss of the best recurrent networks by epoch, for a search only of its best configurations.</summary>
internal static class LearningCurvePlot
{
    private const int MostOfOneSearch = 4, Most = 12;

    /// <summary>Dashes and gaps that tell the curves of one colour apart, in pixels.</summary>
    private static readonly double[][] Dashes = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]];

    /// <summary>Returns the plot and its legend; null if there is nothing to plot.</summary>
    public static string? Of(ExperimentResult result, IReadOnlyDictionary<string, Candidate> candidates)
    {
        RnnRunDetail[] all = [.. result.Leaderboard
            .Where(run => run.LearningCurve.Count > 1 && run.LearningCurve.All(point => point.Loss is > 0 and < double.PositiveInfinity))
            .GroupBy(run => (run.TrainerName, run.Configuration)).Select(group => group.MaxBy(run => run.LearningCurve.Count)!)
            .GroupBy(run => run.TrainerName).SelectMany(group => group.OrderBy(run => run.Loss).Take(MostOfOneSearch))
            .OrderBy(run => run.Loss)];
        if (all.Length == 0)
        {
            return null;
        }

        Curve[] curves = [.. all.Take(Most)
            .GroupBy(run => SvgPlot.Variable(candidates[run.TrainerName].Series))
            .SelectMany(color => color.Select((run, index) => new Curve(run, candidates[run.TrainerName].Series, Dashes[index % Dashes.Length], run.TrialId == result.BestRun!.TrialId ? 3 : 1.7)))
            .OrderBy(curve => curve.Run.Loss)];
        LearningCurvePoint[] points = [.. curves.SelectMany(curve => curve.Run.LearningCurve)];
        var (bottom, top) = (Math.Log10(points.Min(point => point.Loss)) - 0.1, Math.Log10(points.Max(point => point.Loss)) + 0.1);
        var right = points.Max(point => point.Epoch);
        var plot = new SvgPlot(
            "curves",
            new TickAxis("epoch", 0.8, right + 0.2, AxisTicks.Linear(1, Math.Max(right, 2), (value, _) => value.ToString("0.#", CultureInfo.InvariantCulture)).Where(tick => tick.Position % 1 == 0)),
            new TickAxis(null, bottom, top, AxisTicks.Logarithmic(bottom, top, value => value.ToString("G3", CultureInfo.InvariantCulture))));
        // The best one is drawn last, on top of the others.
        foreach (var curve in curves.AsEnumerable().Reverse())
        {
            plot.Line(curve.Run.LearningCurve.Select(point => new DataPoint(point.Epoch, Math.Log10(point.Loss))), curve.Series, curve.Width, curve.Dashes);
        }

        return plot.ToSvg("training loss by epoch") +
            $"<p class=\"legend\">{string.Concat(curves.Select(curve => curve.Legend))}{(all.Length == curves.Length ? "" : $"<span>the {Most} best of {all.Length} curves</span>")}</p>";
    }

    private sealed record Curve(RnnRunDetail Run, int Series, double[] Dashes, double Width)
    {
        public string Legend
        {
            get
            {
                var dashes = string.Join(' ', Dashes.Select(dash => Show.Invariant($"{dash}")));
                var configuration = Run.Configuration is { } number ? Show.Invariant($" #{number}") : "";
                return Show.Invariant($"<span><svg class=\"key\" viewBox=\"0 0 30 8\"><path d=\"M0 4H30\" style=\"stroke:var({SvgPlot.Variable(Series)});stroke-width:{Width};stroke-dasharray:{(dashes == "" ? "none" : dashes)}\"/></svg>{Show.Text(Run.TrainerName)}{configuration}</span>");
            }
        }
    }
}
