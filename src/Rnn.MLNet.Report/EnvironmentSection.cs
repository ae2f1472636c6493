using System.Globalization;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Writes the settings, machine and versions that the figures depend on.</summary>
internal static class EnvironmentSection
{
    public static string Of(ExperimentResult result)
    {
        var settings = result.Settings;
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        (string Name, string Value)[] own =
        [
            ("Seed", Number(settings.Seed)),
            ("Metric", Show.MetricName(settings.OptimizingMetric)),
            ("Budget", $"{Show.Seconds(settings.MaxExperimentTimeInSeconds)}{(settings.MaxTrials is { } trials ? $", {Number(trials)} trials" : "")}"),
            ("Concurrent trials", Number(settings.MaxConcurrentTrials)),
            ("Trials from an earlier run", Number(result.FromJournal)),
        ];
        return "<section>\n<h2>Machine and versions</h2>\n<dl class=\"facts\">" +
            string.Concat(own.Concat(result.Environment.Select(fact => (fact.Key, fact.Value))).Select(fact => $"<div><dt>{Show.Text(fact.Item1)}</dt><dd>{Show.Text(fact.Item2)}</dd></div>")) +
            "</dl>\n</section>\n";
    }
}
