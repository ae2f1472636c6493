namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Results of experiments that no trial has made.</summary>
internal static class ExperimentResults
{
    /// <summary>A result of these trials in which everything else that is written has a value of its own.</summary>
    public static ExperimentResult Of(params RnnRunDetail[] runs) => new()
    {
        BestRun = runs[0],
        RunDetails = runs,
        NotRun = [],
        EndedBy = ExperimentEnd.MaxTrials,
        ElapsedInSeconds = 125,
        OvershootInSeconds = 1.5,
        FromJournal = 3,
        BestModelPath = null,
        Settings = new RnnExperimentSettings { MaxExperimentTimeInSeconds = 100, MaxTrials = 9, MaxConcurrentTrials = 2, Seed = 17 },
        EndedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
        Environment = new Dictionary<string, string> { ["Machine"] = "this one" },
    };
}
