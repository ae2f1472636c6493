using System.Text.Json;
using System.Text.Json.Serialization;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Comparison;

/// <summary>One trial of an experiment: a row of the leaderboard.</summary>
// The properties are in the order in which RunJson writes them into the journal. One that is added cannot be required: old journals lack it.
public sealed record RnnRunDetail
{
    /// <summary>The trial, counted from 1, in the order in which trials were begun.</summary>
    public required int TrialId { get; init; }

    /// <summary>The candidate's name, as it was given to <c>Add</c> or <c>AddSearch</c>.</summary>
    public required string TrainerName { get; init; }

    /// <summary>What the experiment makes small: 1 − the optimising metric, or the log-loss; null for a trial that failed.</summary>
    public double? Loss { get; init; }

    /// <summary>The metrics on the validation rows; null for a trial that failed.</summary>
    [JsonIgnore]
    public ExperimentMetrics? ValidationMetrics { get; init; }

    /// <summary>Seconds that the trial took: building, fitting, scoring, evaluating, saving.</summary>
    public double RuntimeInSeconds { get; init; }

    /// <summary>Seconds of fitting alone. For a search all steps of the configuration so far.</summary>
    public double TrainingTimeInSeconds { get; init; }

    /// <summary>Scoring time: microseconds a row for <c>Transform</c> over the validation rows, read in one pass; null for a trial that failed.</summary>
    public double? MicrosecondsPerRow { get; init; }

    /// <summary>Size of the saved model; null where it could not be saved.</summary>
    public long? ModelSizeInBytes { get; init; }

    /// <summary>
    /// Peak memory in bytes: the largest working set of the process during the trial, sampled 20 times a second. It includes the data
    /// and whatever else runs.
    /// </summary>
    [JsonIgnore]
    public long PeakMemory { get; init; }

    /// <summary><see cref="PeakMemory"/> as it is written.</summary>
    [JsonInclude]
    internal double PeakMemoryInMegaBytes
    {
        get => PeakMemory / 1e6;
        init => PeakMemory = double.IsFinite(value) ? (long)(value * 1e6) : throw new JsonException("peakMemoryInMegaBytes is no finite number from 0.");
    }

    /// <summary>
    /// Why there are no metrics; null for a trial that went well. What others wrapped is unwrapped. After a restart the text is kept,
    /// not the type.
    /// </summary>
    [JsonIgnore]
    public Exception? Exception { get; init; }

    /// <summary>The exception's type and message in one line; null for a trial that went well.</summary>
    [JsonInclude]
    [JsonPropertyName("exception")]
    public string? Reason
    {
        get => Exception switch
        {
            null => null,
            EarlierFailure earlier => earlier.Message,
            var exception => $"{exception.GetType().Name}: {EarlierFailure.Text(exception).ReplaceLineEndings(" ")}",
        };
        private init => Exception = value is null ? null : new EarlierFailure(value);
    }

    /// <summary>Seconds that the trial ran on after it was told to stop; null if it was not told to.</summary>
    public double? OvershootInSeconds { get; init; }

    /// <summary>Whether the trial did not stop when told to and was abandoned, on a background thread.</summary>
    public bool Abandoned { get; init; }

    /// <summary>For a search the configuration, counted from 0; else null.</summary>
    public int? Configuration { get; init; }

    /// <summary>For a search the epochs that the configuration has been trained for; else null.</summary>
    public int? Epochs { get; init; }

    /// <summary>What a search drew, setting by setting; empty for other candidates.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The training of a recurrent network, epoch by epoch; empty for other candidates.</summary>
    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>The estimator of the trial, without the preprocessing; null for a trial from a journal.</summary>
    [JsonIgnore]
    public IEstimator<ITransformer>? Estimator { get; init; }

    /// <summary>The fitted model with the preprocessing before it, for the best trial only: others are disposed at once.</summary>
    [JsonIgnore]
    public ITransformer? Model { get; init; }
}
