using Rnn.MLNet.Comparison;
using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet.Experiments.Settings;

/// <summary>Validates the settings before the first trial; each error names the property and its value.</summary>
internal static class SettingsValidation
{
    public static void Validate(RnnExperimentSettings settings)
    {
        Require(IsPositive(settings.MaxExperimentTimeInSeconds), nameof(settings.MaxExperimentTimeInSeconds), settings.MaxExperimentTimeInSeconds, "a positive number of seconds");
        Require(settings.MaxTrials is null or >= 1, nameof(settings.MaxTrials), settings.MaxTrials, "at least 1, or null");
        Require(settings.MaxTrialTimeInSeconds is null || IsPositive(settings.MaxTrialTimeInSeconds.Value), nameof(settings.MaxTrialTimeInSeconds), settings.MaxTrialTimeInSeconds, "a positive number of seconds, or null");
        Require(Enum.IsDefined(settings.OptimizingMetric), nameof(settings.OptimizingMetric), settings.OptimizingMetric, "one of " + string.Join(", ", Enum.GetNames<MulticlassClassificationMetric>()));
        Require(settings.TopK >= 1, nameof(settings.TopK), settings.TopK, "at least 1");
        Require(settings.ValidationFraction is null or (> 0 and < 1), nameof(settings.ValidationFraction), settings.ValidationFraction, "above 0 and below 1, or null");
        Require(settings.MaxConcurrentTrials >= 1, nameof(settings.MaxConcurrentTrials), settings.MaxConcurrentTrials, "at least 1");
        Require(settings.Threads is null or >= 1, nameof(settings.Threads), settings.Threads, "at least 1, or null");
        Require(settings.WorkingDirectory != "", nameof(settings.WorkingDirectory), settings.WorkingDirectory, "a folder, or null");
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);
}
