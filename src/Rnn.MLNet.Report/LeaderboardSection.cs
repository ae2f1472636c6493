using System.Text;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the successful trials, best first, with only the last step of each configuration of a search.</summary>
internal static class LeaderboardSection
{
    public static string Of(ExperimentResult result, IReadOnlyDictionary<string, Candidate> candidates)
    {
        var metric = result.Settings.OptimizingMetric;
        var rows = Rows(result);
        var html = new StringBuilder("<section>\n<h2>Leaderboard</h2>\n<div class=\"scroll\"><table class=\"board\">\n<thead><tr><th class=\"number\">#</th><th>Candidate</th>")
            .Append($"<th class=\"number\">{Show.MetricName(metric)}</th><th class=\"number\">macro</th><th class=\"number\">log-loss</th><th class=\"number\">training</th><th class=\"number\">per row</th><th class=\"number\">model</th><th class=\"number\">peak memory</th></tr></thead>\n<tbody>\n");
        var (slowest, heaviest, dearest) = (rows.Max(run => run.TrainingTimeInSeconds), rows.Max(run => run.MicrosecondsPerRow ?? 0), rows.Max(run => run.ModelSizeInBytes ?? 0));
        for (var i = 0; i < rows.Length; i++)
        {
            var run = rows[i];
            var settings = Show.Settings(run);
            html.Append($"<tr{(i == 0 ? " class=\"best\"" : "")}><td class=\"number rank\">{i + 1}</td>")
                .Append($"<td>{candidates[run.TrainerName].Dot}{Show.Text(run.TrainerName)}{(settings == "" ? "" : $"<small>{Show.Text(settings)}</small>")}</td>")
                .Append($"<td class=\"number strong\">{Show.MetricText(Show.Metric(run, metric), metric)}</td>")
                .Append($"<td class=\"number\">{Show.Share(run.ValidationMetrics!.MacroAccuracy)}</td><td class=\"number\">{Show.Number(run.ValidationMetrics.LogLoss, "F4")}</td>")
                .Append(Bar(Show.Seconds(run.TrainingTimeInSeconds), run.TrainingTimeInSeconds / slowest))
                .Append(Bar(Show.Microseconds(run.MicrosecondsPerRow), (run.MicrosecondsPerRow ?? 0) / heaviest))
                .Append(Bar(Show.Bytes(run.ModelSizeInBytes), dearest == 0 ? 0 : (run.ModelSizeInBytes ?? 0) / (double)dearest))
                .Append($"<td class=\"number\">{Show.Bytes(run.PeakMemory)}</td></tr>\n");
        }

        return html.Append("</tbody>\n</table></div>\n<p class=\"hint\">Bars compare within a column; shorter is better. “Per row” is the scoring time of <code>Transform</code> in one pass over the validation rows. ")
            .Append("Peak memory is that of the whole process, including the data, sampled 20 times a second during the trial. The training time of a searched network is the sum over its steps.</p>\n</section>\n").ToString();
    }

    /// <summary>Returns the trials of the leaderboard.</summary>
    public static RnnRunDetail[] Rows(ExperimentResult result)
    {
        RnnRunDetail[] rows = [.. result.Leaderboard
            .GroupBy(run => (run.TrainerName, run.Configuration)).Select(group => group.OrderByDescending(run => run.Steps ?? 0).ThenBy(run => run.Loss).First())
            .OrderBy(run => run.Loss).ThenBy(run => run.TrialId)];
        // If further training made the winning configuration worse, its earlier step is the best trial.
        if (result.BestRun is { } best && rows.All(run => run.TrialId != best.TrialId))
        {
            rows = [result.Leaderboard.First(), .. rows];
        }

        return rows;
    }

    private static string Bar(string text, double share) =>
        Show.Invariant($"<td class=\"number bar\">{Show.Text(text)}<span style=\"width:{Math.Clamp(share, 0, 1) * 100:F1}%\"></span></td>");
}
