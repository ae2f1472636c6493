using System.Globalization;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the plots: the metric against training and scoring time, and the learning curves.</summary>
internal static class PlotSection
{
    public static string Of(ExperimentResult result, IReadOnlyList<string> names)
    {
        try
        {
            var metric = Show.MetricName(result.Settings.OptimizingMetric);
            var training = FrontierPlot.Of(result, names, "training", "training time", run => run.TrainingTimeInSeconds, value => value < 1
                ? Show.Invariant($"{value * 1000:0} ms") : value < 60 ? Show.Invariant($"{value:0} s") : Show.Invariant($"{value / 60:0.#} min"));
            var scoring = FrontierPlot.Of(result, names, "scoring", "scoring time per row", run => run.MicrosecondsPerRow, value => value.ToString("#,0.### µs", CultureInfo.InvariantCulture));
            var curves = LearningCurvePlot.Of(result, names);
            return "<section>\n<h2>Accuracy and cost</h2>\n<p class=\"legend\">" +
                string.Concat(names.Select((name, index) => $"<span><i class=\"dot\" style=\"background:var(--series-{index % 10})\"></i>{Show.Text(name)}</span>")) +
                "<span><i class=\"dash\"></i>frontier: no other is both better and cheaper (filled marks)</span></p>\n<div class=\"plots\">" +
                $"<figure><figcaption>{metric} against training time</figcaption>{training}</figure>" +
                $"<figure><figcaption>{metric} against scoring time</figcaption>{scoring}</figure>" +
                (curves is null ? "" : $"<figure><figcaption>learning curves: training loss by epoch</figcaption>{curves}</figure>") +
                "</div>\n</section>\n";
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            // The report is still useful: the tables show the same figures.
            return $"<section>\n<h2>Accuracy and cost</h2>\n<p class=\"hint\">Plots are missing: SkiaSharp could not be loaded on this machine ({Show.Text(exception.GetBaseException().Message)}).</p>\n</section>\n";
        }
    }
}
