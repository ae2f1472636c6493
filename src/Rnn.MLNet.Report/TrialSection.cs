using System.Text;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes all trials in order, and the reasons why some have no result.</summary>
internal static class TrialSection
{
    public static string Of(ExperimentResult result)
    {
        var metric = result.Settings.OptimizingMetric;
        var html = new StringBuilder();
        var failures = result.RunDetails.Where(run => run.Loss is null).ToList();
        if (failures.Count > 0 || result.NotRun.Count > 0)
        {
            html.Append("<section>\n<h2>Trials without a result</h2>\n<table class=\"trials\">\n<thead><tr><th class=\"number\">trial</th><th>Candidate</th><th>reason</th><th class=\"number\">run time</th><th class=\"number\">time to stop</th></tr></thead>\n<tbody>\n");
            foreach (var run in failures)
            {
                var stopped = run.Abandoned ? "abandoned" : run.OvershootInSeconds is { } overshoot ? Show.Seconds(overshoot) : "–";
                html.Append($"<tr><td class=\"number\">{run.TrialId}</td><td>{Name(run)}</td><td>{Show.Text(run.Reason ?? "The metric is not a number.")}</td><td class=\"number\">{Show.Seconds(run.RuntimeInSeconds)}</td><td class=\"number\">{stopped}</td></tr>\n");
            }

            foreach (var name in result.NotRun)
            {
                html.Append($"<tr><td class=\"number\">–</td><td>{Show.Text(name)}</td><td>Not started within the budget.</td><td></td><td></td></tr>\n");
            }

            html.Append("</tbody>\n</table>\n</section>\n");
        }

        html.Append("<section>\n<details open>\n<summary><h2>All trials</h2></summary>\n<div class=\"scroll\"><table class=\"trials\">\n<thead><tr><th class=\"number\">trial</th><th>Candidate</th><th>settings</th>")
            .Append($"<th class=\"number\">{Show.MetricName(metric)}</th><th class=\"number\">run time</th></tr></thead>\n<tbody>\n");
        foreach (var run in result.RunDetails)
        {
            var value = run.Loss is null ? "–" : Show.MetricText(Show.Metric(run, metric), metric);
            html.Append($"<tr><td class=\"number\">{run.TrialId}</td><td>{Show.Text(run.TrainerName)}</td><td class=\"soft\">{Settings(run)}</td><td class=\"number\">{value}</td><td class=\"number\">{Show.Seconds(run.RuntimeInSeconds)}</td></tr>\n");
        }

        return html.Append("</tbody>\n</table></div>\n</details>\n</section>\n").ToString();
    }

    private static string Name(RnnRunDetail run) =>
        Show.Text(run.TrainerName) + (run.Settings.Count == 0 ? "" : $"<small>{Show.Text(Show.Settings(run))}</small>");

    private static string Settings(RnnRunDetail run) => run.Settings.Count == 0
        ? "as defined by the candidate"
        : string.Join(" · ", run.Settings.Select(setting => $"{Show.Text(setting.Key)} <b>{Show.Text(setting.Value)}</b>"));
}
