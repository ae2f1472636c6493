using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rnn.MLNet.Experiments.Trials;
using Rnn.MLNet.Files;

namespace Rnn.MLNet.Comparison;

/// <summary>The result of an experiment.</summary>
public sealed record ExperimentResult
{
    /// <summary>The JSON properties of a trial that are written to CSV; nested ones are left out.</summary>
    private static readonly string[] CsvColumns =
    [
        "trialId", "trainerName", "loss", .. Enum.GetNames<MulticlassClassificationMetric>().Select(JsonNamingPolicy.CamelCase.ConvertName),
        "runtimeInSeconds", "trainingTimeInSeconds", "microsecondsPerRow", "modelSizeInBytes", "peakMemoryInMegaBytes", "settings", "exception",
    ];

    /// <summary>
    /// The best trial; null if no trial succeeded in time. Its <see cref="RnnRunDetail.Model"/> is set, unless the trial comes from an earlier
    /// run that could not save the model.
    /// </summary>
    public required RnnRunDetail? BestRun { get; init; }

    /// <summary>All trials, including failed ones, in the order in which they started.</summary>
    public required IReadOnlyList<RnnRunDetail> RunDetails { get; init; }

    /// <summary>
    /// The number of folds of cross-validation, also if the experiment chose it because there were few rows; 1 for a single split into training and
    /// validation rows, 0 if the data was not read in time.
    /// </summary>
    public int Folds { get; init; } = 1;

    /// <summary>The names of the candidates that were never started because the budget was used up.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }

    /// <summary>The reason why the experiment ended.</summary>
    public required ExperimentEnd EndedBy { get; init; }

    /// <summary>The time that the experiment took, including interrupted runs, in seconds.</summary>
    public required double ElapsedInSeconds { get; init; }

    /// <summary>The time by which <c>Execute</c> exceeded its budget, in seconds; 0 if it ended in time.</summary>
    public required double OvershootInSeconds { get; init; }

    /// <summary>The number of trials that were taken from the journal instead of being run.</summary>
    public required int FromJournal { get; init; }

    /// <summary>The path of the best model; null without a working directory, or if the model could not be saved.</summary>
    public required string? BestModelPath { get; init; }

    /// <summary>The settings of the experiment.</summary>
    public required RnnExperimentSettings Settings { get; init; }

    /// <summary>The time at which the experiment ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The machine and the library versions, by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The trials that succeeded, best first; of equal losses the earlier trial comes first.</summary>
    public IEnumerable<RnnRunDetail> Leaderboard =>
        RunDetails.Where(run => run.Loss is not null).OrderBy(run => run.Loss).ThenBy(run => run.TrialId);

    /// <summary>Writes the result as JSON: <c>bestRun</c> (null if there is none), <c>runDetails</c>, the budget, and the environment.</summary>
    /// <param name="path">The path of the file; an existing file is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and an existing file is unchanged.</exception>
    public void SaveJson(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var json = new JsonObject
        {
            ["bestRun"] = BestRun is null ? null : JsonSerializer.SerializeToNode(BestRun, RunJson.Options),
            ["runDetails"] = JsonSerializer.SerializeToNode(RunDetails, RunJson.Options),
            ["folds"] = Folds,
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

    /// <summary>Writes the trials as CSV: a header and one line per trial.</summary>
    /// <param name="path">The path of the file; an existing file is replaced atomically.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and an existing file is unchanged.</exception>
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
