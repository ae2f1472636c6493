using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the best trial and a summary of the experiment.</summary>
internal static class SummarySection
{
    public static string Of(ExperimentResult result)
    {
        var metric = result.Settings.OptimizingMetric;
        var failed = result.RunDetails.Count(run => run.Loss is null);
        var best = result.BestRun;
        var headline = best is null
            ? "<h1>No trial finished in time</h1><p class=\"lead\">Every trial failed or was cut short; the reasons are below.</p>"
            : $"<h1>{Show.Text(best.TrainerName)} <span>{Show.MetricText(Show.Metric(best, metric), metric)}</span></h1>" +
              $"<p class=\"lead\">best {Show.MetricName(metric)} {(result.Folds > 1 ? $"as the mean of {result.Folds} folds" : "on the validation rows")}{(best.Settings.Count == 0 ? "" : " · " + Show.Text(Show.Settings(best)))}</p>";
        var rows = result.RunDetails.FirstOrDefault(run => run.ValidationMetrics is not null)?.ValidationMetrics is { } metrics ? Rows(metrics) : "";
        return $"<header>\n<p class=\"kicker\">Comparison · {Show.Invariant($"{result.EndedAt:yyyy-MM-dd HH:mm}")}</p>\n{headline}\n{rows}<dl class=\"cards\">" +
            Card("Trials", $"{result.RunDetails.Count}", failed == 0 ? "all succeeded" : $"{failed} failed or cut short") +
            Card("Time", Show.Seconds(result.ElapsedInSeconds), $"of {Show.Seconds(result.Settings.MaxExperimentTimeInSeconds)}; {Ended(result.EndedBy)}") +
            Card("Over budget", Show.Seconds(result.OvershootInSeconds), Overshoot(result)) +
            (best is null ? "" : Card("Best model", Show.Bytes(best.ModelSizeInBytes), $"{Show.Microseconds(best.MicrosecondsPerRow)} per row, trained in {Show.Seconds(best.TrainingTimeInSeconds)}")) +
            "</dl>\n</header>\n";
    }

    /// <summary>Returns notes on validation rows of unknown classes and rows without a label.</summary>
    private static string Rows(ExperimentMetrics metrics)
    {
        var notes = new List<string>();
        if (metrics.RowsOfUnknownClass > 0)
        {
            notes.Add($"{Show.Number(metrics.RowsOfUnknownClass, "#,0")} of {Show.Number(metrics.Rows, "#,0")} validation rows belong to classes without training rows. They are included in the metrics.");
        }

        if (metrics.RowsWithoutLabel > 0)
        {
            notes.Add($"{Show.Number(metrics.RowsWithoutLabel, "#,0")} {(metrics.RowsWithoutLabel == 1 ? "row has no label and is" : "rows have no label and are")} excluded.");
        }

        return notes.Count == 0 ? "" : $"<p class=\"lead\">{string.Join(" ", notes)}</p>\n";
    }

    private static string Card(string name, string value, string note) =>
        $"<div><dt>{name}</dt><dd>{Show.Text(value)}</dd><dd class=\"note\">{Show.Text(note)}</dd></div>";

    private static string Ended(ExperimentEnd end) => end switch
    {
        ExperimentEnd.MaxTime => "ended by the time limit",
        ExperimentEnd.MaxTrials => "ended by the trial limit",
        ExperimentEnd.Canceled => "ended by cancellation",
        _ => "everything was tried",
    };

    private static string Overshoot(ExperimentResult result)
    {
        var abandoned = result.RunDetails.Count(run => run.Abandoned);
        var stopped = result.RunDetails.Where(run => run.OvershootInSeconds is not null).ToList();
        return abandoned > 0 ? $"{abandoned} {(abandoned == 1 ? "trial" : "trials")} did not stop when cancelled and {(abandoned == 1 ? "was" : "were")} abandoned"
            : stopped.Count > 0 ? $"every cancelled trial stopped within {Show.Seconds(stopped.Max(run => run.OvershootInSeconds!.Value))}"
            : "no trial was cancelled";
    }
}
