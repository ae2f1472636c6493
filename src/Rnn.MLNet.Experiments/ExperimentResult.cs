using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rnn.MLNet.Experiments.Trials;
using Rnn.MLNet.Files;

namespace Rnn.MLNet.Comparison;

/// <summary>What an experiment found.</summary>
public sealed record ExperimentResult
{
    /// <summary>Of the properties that a trial has as JSON those that a line has room for.</summary>
    private static readonly string[] CsvColumns =
    [
        "trialId", "trainerName", "loss", .. Enum.GetNames<MulticlassClassificationMetric>().Select(JsonNamingPolicy.CamelCase.ConvertName),
        "runtimeInSeconds", "trainingTimeInSeconds", "microsecondsPerRow", "modelSizeInBytes", "peakMemoryInMegaBytes", "settings", "exception",
    ];

    /// <summary>The best trial, with its model unless an earlier run had it and could not save it; null if no trial went well in time.</summary>
    public required RnnRunDetail? BestRun { get; init; }

    /// <summary>All trials in the order in which they were begun, failed ones included.</summary>
    public required IReadOnlyList<RnnRunDetail> RunDetails { get; init; }

    /// <summary>Candidates whose turn did not come within the budget.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }

    /// <summary>What ended the experiment.</summary>
    public required ExperimentEnd EndedBy { get; init; }

    /// <summary>Seconds that the experiment took, those of an interrupted run included.</summary>
    public required double ElapsedInSeconds { get; init; }

    /// <summary>Seconds that <c>Execute</c> took beyond the time it had; 0 if it ended in time.</summary>
    public required double OvershootInSeconds { get; init; }

    /// <summary>Trials that were taken from the journal instead of being run.</summary>
    public required int FromJournal { get; init; }

    /// <summary>Where the best model is saved; null without a working directory or if it could not be saved.</summary>
    public required string? BestModelPath { get; init; }

    /// <summary>The settings of the experiment.</summary>
    public required RnnExperimentSettings Settings { get; init; }

    /// <summary>When the experiment ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The machine and the versions, name by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The trials that went well, best first.</summary>
    public IEnumerable<RnnRunDetail> Leaderboard =>
        RunDetails.Where(run => run.Loss is not null).OrderBy(run => run.Loss).ThenBy(run => run.TrialId);

    /// <summary>Writes <c>bestRun</c> (null if there is none) and <c>runDetails</c> as JSON.</summary>
    /// <param name="path">The file; one that exists is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    public void SaveJson(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var json = new JsonObject
        {
            ["bestRun"] = BestRun is null ? null : JsonSerializer.SerializeToNode(BestRun, RunJson.Options),
            ["runDetails"] = JsonSerializer.SerializeToNode(RunDetails, RunJson.Options),
            ["notRun"] = JsonSerializer.SerializeToNode(NotRun, RunJson.Options),
            ["optimizingMetric"] = Settings.OptimizingMetric.ToString(),
            ["endedBy"] = EndedBy.ToString(),
            ["endedAt"] = EndedAt.ToString("O", CultureInfo.InvariantCulture),
            ["elapsedInSeconds"] = ElapsedInSeconds,
            ["overshootInSeconds"] = OvershootInSeconds,
            ["fromJournal"] = FromJournal,
            ["maxExperimentTimeInSeconds"] = Settings.MaxExperimentTimeInSeconds,
            ["maxTrials"] = Settings.MaxTrials,
            ["maxConcurrentTrials"] = Settings.MaxConcurrentTrials,
            ["seed"] = Settings.Seed,
            ["environment"] = JsonSerializer.SerializeToNode(Environment, RunJson.Options),
        };
        AtomicFile.WriteText(path, json.ToJsonString(new JsonSerializerOptions(RunJson.Options) { WriteIndented = true }));
    }

    /// <summary>Writes one line a trial, comma-separated, with a header.</summary>
    /// <param name="path">The file; one that exists is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    public void SaveCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = new StringBuilder().AppendJoin(',', CsvColumns).Append('\n');
        foreach (var run in RunDetails)
        {
            var json = JsonSerializer.SerializeToNode(run, RunJson.Options)!;
            text.AppendJoin(',', CsvColumns.Select(column => Cell(json[column]))).Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
    }

    private static string Cell(JsonNode? value)
    {
        var text = value switch
        {
            null => "",
            JsonObject settings => string.Join("; ", settings.Select(setting => $"{setting.Key}={setting.Value}")),
            _ => value.ToString(),
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
