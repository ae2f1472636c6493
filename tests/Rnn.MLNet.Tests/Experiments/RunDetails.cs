namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Rows of a leaderboard that no trial has made.</summary>
internal static class RunDetails
{
    /// <summary>One in which everything that is written has a value of its own.</summary>
    public static RnnRunDetail Whole { get; } = new()
    {
        TrialId = 7,
        TrainerName = "search",
        Settings = new Dictionary<string, string> { ["Units"] = "8", ["Cell"] = "GruCell" },
        Configuration = 4,
        Steps = 9,
        ValidationMetrics = new ExperimentMetrics
        {
            MicroAccuracy = 0.875,
            MacroAccuracy = 0.75,
            LogLoss = 0.5,
            LogLossReduction = 0.25,
            TopKAccuracy = 1,
            Classes = ["yes", "no"],
            PerClassPrecision = [0.8, double.NaN],
            PerClassRecall = [double.NaN, 0.6],
            ConfusionMatrix = [[3, 1], [2, 4]],
            Rows = 13,
            RowsOfUnknownClass = 3,
            RowsWithoutLabel = 2,
        },
        Loss = 0.125,
        RuntimeInSeconds = 3.5,
        TrainingTimeInSeconds = 2.5,
        MicrosecondsPerRow = 1.5,
        ModelSizeInBytes = 1234,
        PeakMemory = 56_500_000,
        OvershootInSeconds = 0.75,
        Abandoned = true,
        LearningCurve = [new LearningCurvePoint(1, 0.9, 0.4, null), new LearningCurvePoint(2, 0.7, 0.5, 0.45)],
    };
}
