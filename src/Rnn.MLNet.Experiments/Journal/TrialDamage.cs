using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>Validates a trial read from the journal.</summary>
internal static class TrialDamage
{
    private const int MostTrials = 1_000_000;

    /// <summary>Returns a description of the first invalid value; null if the trial is valid.</summary>
    public static string? In(RnnRunDetail run) =>
        run.TrialId is < 1 or > MostTrials ? $"trialId is {run.TrialId}; expected a number from 1 to {MostTrials}."
        : string.IsNullOrEmpty(run.TrainerName) ? "trainerName is missing."
        : run.Settings is null || run.Settings.Values.Contains(null!) ? "settings is null or has a null."
        : run.LearningCurve is null || run.LearningCurve.Contains(null!) ? "learningCurve is null or has a null."
        : !new[] { run.RuntimeInSeconds, run.TrainingTimeInSeconds, run.PeakMemoryInMegaBytes }.All(value => value >= 0 && double.IsFinite(value))
            ? "runtimeInSeconds, trainingTimeInSeconds or peakMemoryInMegaBytes is not a finite number of at least 0."
        : run.ValidationMetrics is not { } metrics
            ? run.Loss is null && run.Exception is not null ? null : "microAccuracy is missing although there is a loss or no exception."
        : run.Loss is not { } loss || !double.IsFinite(loss) ? "loss is missing or not finite."
        : In(metrics);

    private static string? In(ExperimentMetrics metrics) =>
        !(double.IsFinite(metrics.MicroAccuracy) && double.IsFinite(metrics.MacroAccuracy) && double.IsFinite(metrics.TopKAccuracy))
            ? "microAccuracy, macroAccuracy or topKAccuracy is missing or not finite."
        : metrics.Classes is not { Count: var classes } || metrics.Classes.Contains(null!)
            || metrics.PerClassPrecision?.Count != classes || metrics.PerClassRecall?.Count != classes || metrics.ConfusionMatrix?.Count != classes
            || metrics.ConfusionMatrix.Any(row => row?.Count != classes || !row.All(double.IsFinite))
            ? "classes, perClassPrecision, perClassRecall or confusionMatrix is missing or has a null, or their lengths differ."
        : null;
}
