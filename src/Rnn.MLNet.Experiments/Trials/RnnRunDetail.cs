using System.Text.Json;
using System.Text.Json.Serialization;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Comparison;

/// <summary>A trial of an experiment and its results.</summary>
// RunJson writes the properties in this order. New properties must not be required because existing journals lack them.
public sealed record RnnRunDetail
{
    /// <summary>The number of the trial, starting at 1, in the order in which trials started.</summary>
    public required int TrialId { get; init; }

    /// <summary>The candidate's name, as passed to <c>Add</c> or <see cref="RnnExperiment.AddSearch"/>.</summary>
    public required string TrainerName { get; init; }

    /// <summary>The loss that the experiment minimises: the log-loss, or 1 − the value of any other metric; null for a failed trial.</summary>
    public double? Loss { get; init; }

    /// <summary>The metrics on the validation rows; null for a failed trial.</summary>
    [JsonIgnore]
    public ExperimentMetrics? ValidationMetrics { get; init; }

    /// <summary>The time that the trial took to build, fit, score, evaluate and save, in seconds.</summary>
    public double RuntimeInSeconds { get; init; }

    /// <summary>The time of <c>Fit</c> alone, in seconds; for a search, of all steps of the configuration so far.</summary>
    public double TrainingTimeInSeconds { get; init; }

    /// <summary>
    /// The time to score a row, in microseconds, measured with <c>Transform</c> in one pass over the validation rows; null for a failed trial.
    /// </summary>
    public double? MicrosecondsPerRow { get; init; }

    /// <summary>The size of the saved model, in bytes; null if it could not be saved.</summary>
    public long? ModelSizeInBytes { get; init; }

    /// <summary>
    /// The peak working set of the process during the trial, in bytes, sampled 20 times a second. It includes the data and everything else
    /// in the process.
    /// </summary>
    [JsonIgnore]
    public long PeakMemory { get; init; }

    /// <summary><see cref="PeakMemory"/> in megabytes, as written to JSON.</summary>
    [JsonInclude]
    internal double PeakMemoryInMegaBytes
    {
        get => PeakMemory / 1e6;
        init => PeakMemory = double.IsFinite(value) ? long.CreateSaturating(value * 1e6) : throw new JsonException("peakMemoryInMegaBytes is not a finite number of at least 0.");
    }

    /// <summary>
    /// The exception with which the trial failed; null for a trial that succeeded. Wrapping exceptions are removed. For a trial from the journal,
    /// the message is kept but not the type.
    /// </summary>
    [JsonIgnore]
    public Exception? Exception { get; init; }

    /// <summary>The exception's type and message in one line; null for a trial that succeeded.</summary>
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

    /// <summary>The time that the trial kept running after it was cancelled, in seconds; null if it was not cancelled.</summary>
    public double? OvershootInSeconds { get; init; }

    /// <summary>Whether the trial did not stop when cancelled and was abandoned on its background thread.</summary>
    public bool Abandoned { get; init; }

    /// <summary>The zero-based configuration of a search; null for other candidates.</summary>
    public int? Configuration { get; init; }

    /// <summary>The number of optimiser steps that the configuration of a search has been trained for; null for other candidates.</summary>
    public int? Steps { get; init; }

    /// <summary>The settings that a search drew, by name; empty for other candidates.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning curve of a recurrent network; empty for other candidates.</summary>
    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>The estimator of the trial, without the preprocessing; null for a trial from the journal.</summary>
    [JsonIgnore]
    public IEstimator<ITransformer>? Estimator { get; init; }

    /// <summary>The fitted model, preceded by the preprocessing. It is set for the best trial only; the models of all others are disposed.</summary>
    [JsonIgnore]
    public ITransformer? Model { get; init; }
}
