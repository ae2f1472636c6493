using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the plots: the metric against training and scoring time, and the learning curves.</summary>
internal static class PlotSection
{
    public static string Of(ExperimentResult result, IReadOnlyDictionary<string, Candidate> candidates)
    {
        var metric = Show.MetricName(result.Settings.OptimizingMetric);
        var training = FrontierPlot.Of(result, candidates, "training", "training time", run => run.TrainingTimeInSeconds, value => value < 1
            ? Show.Invariant($"{value * 1000:0.##} ms") : value < 60 ? Show.Invariant($"{value:0.##} s") : Show.Invariant($"{value / 60:0.#} min"));
        var scoring = FrontierPlot.Of(result, candidates, "scoring", "scoring time per row", run => run.MicrosecondsPerRow, value => Show.Invariant($"{value:#,0.###} µs"));
        var isNumbered = training.IsNumbered || scoring.IsNumbered;
        var curves = LearningCurvePlot.Of(result, candidates);
        return "<section>\n<h2>Accuracy and cost</h2>\n<p class=\"legend\">" +
            string.Concat(candidates.Values.OrderBy(candidate => candidate.Place).Select(candidate => $"<span>{candidate.Dot}{(isNumbered ? $"<b>{candidate.Place}</b> " : "")}{Show.Text(candidate.Name)}</span>")) +
            "<span><i class=\"dash\"></i>frontier: no other is both better and cheaper (filled marks)</span>" +
            (isNumbered ? "<span>numbers: places on the leaderboard</span>" : "") +
            "</p>\n<div class=\"plots\">" +
            $"<figure><figcaption>{metric} against training time</figcaption>{training.Html}</figure>" +
            $"<figure><figcaption>{metric} against scoring time</figcaption>{scoring.Html}</figure>" +
            (curves is null ? "" : $"<figure class=\"curves\"><figcaption>learning curves: training loss by epoch</figcaption>{curves}</figure>") +
            "</div>\n</section>\n";
    }
}
