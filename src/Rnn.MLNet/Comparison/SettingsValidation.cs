using System.Globalization;

namespace Rnn.MLNet.Comparison;

/// <summary>Refuses settings and search spaces out of range, before the first trial; each error names the property and its value.</summary>
internal static class SettingsValidation
{
    public static void Validate(RnnExperimentSettings settings)
    {
        Require(Positive(settings.MaxExperimentTimeInSeconds), nameof(settings.MaxExperimentTimeInSeconds), settings.MaxExperimentTimeInSeconds, "a positive number of seconds");
        Require(settings.MaxTrials is null or >= 1, nameof(settings.MaxTrials), settings.MaxTrials, "at least 1, or null");
        Require(settings.MaxTrialTimeInSeconds is null || Positive(settings.MaxTrialTimeInSeconds.Value), nameof(settings.MaxTrialTimeInSeconds), settings.MaxTrialTimeInSeconds, "a positive number of seconds, or null");
        Require(Enum.IsDefined(settings.OptimizingMetric), nameof(settings.OptimizingMetric), settings.OptimizingMetric, "one of " + string.Join(", ", Enum.GetNames<MulticlassClassificationMetric>()));
        Require(settings.TopK >= 1, nameof(settings.TopK), settings.TopK, "at least 1");
        Require(settings.ValidationFraction is > 0 and < 1, nameof(settings.ValidationFraction), settings.ValidationFraction, "above 0 and below 1");
        Require(settings.MaxConcurrentTrials >= 1, nameof(settings.MaxConcurrentTrials), settings.MaxConcurrentTrials, "at least 1");
        Require(settings.Threads is null or >= 1, nameof(settings.Threads), settings.Threads, "at least 1, or null");
        Require(settings.WorkingDirectory != "", nameof(settings.WorkingDirectory), settings.WorkingDirectory, "a folder, or null");
    }

    public static void Validate(RnnSearchSpace space)
    {
        Require(space.Cells is { Count: > 0 } && !space.Cells.Contains(null!), nameof(space.Cells), Listed(space.Cells), "at least one cell, and none that is null");
        Require(space.Units is var (few, many) && few >= 1 && few <= many, nameof(space.Units), space.Units, "a range from at least 1, its end not below its start");
        Require(space.Layers is var (flat, deep) && flat >= 1 && flat <= deep, nameof(space.Layers), space.Layers, "a range from at least 1, its end not below its start");
        Require(space.LearningRate is var (slow, fast) && Positive(slow) && slow <= fast && Positive(fast), nameof(space.LearningRate), space.LearningRate, "a range of positive numbers, its end not below its start");
        Require(space.Dropout is var (least, most) && least >= 0 && least <= most && most < 1, nameof(space.Dropout), space.Dropout, "a range within 0 and 1, its end not below its start");
        Require(space.Bidirectional is { Count: > 0 }, nameof(space.Bidirectional), Listed(space.Bidirectional), "false, true or both");
        Require(space.BatchSize is { Count: > 0 } && space.BatchSize.All(size => size >= 1), nameof(space.BatchSize), Listed(space.BatchSize), "one or more sizes of at least 1");
    }

    private static string? Listed<T>(IEnumerable<T>? values) =>
        values is null ? null : InvariantText.Of(() => $"[{string.Join(", ", values.Select(value => value?.ToString() ?? "null"))}]");

    private static bool Positive(double value) => value > 0 && double.IsFinite(value);

    private static void Require(bool condition, string property, object? value, string expected)
    {
        if (!condition)
        {
            var shown = value is null ? "null" : value is "" ? "an empty string" : Convert.ToString(value, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(property, value, $"{property} must be {expected}; it is {shown}.");
        }
    }
}
