namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>
/// A whole training on MNIST: seconds to two test accuracies and to the end, the accuracy at the end, peak memory. Each in a
/// fresh process.
/// </summary>
internal static class AccuracyContest
{
    public static Contest Create() => new(
        AccuracyTask.Name,
        [
            .. AccuracySettings.Goals.Select(goal => Metric(goal.ToString(CultureInfo.InvariantCulture), "s", moreIsBetter: false)),
            Metric("fit", "s", moreIsBetter: false),
            Metric("test", "%", moreIsBetter: true),
            Metric("memory", "MB", moreIsBetter: false),
        ],
        [
            Contender(AccuracyTask.Plain),
            Contender(AccuracyTask.Float32),
            Contender(AccuracyTask.Auto),
            // A minute or more a round, and far from the others whatever the noise.
            Contender(AccuracyTask.LightGbm) with { MaxRounds = 1 },
            Contender(AccuracyTask.Sdca) with { MaxRounds = 1 },
        ])
    {
        Rounds = 3,
        WarmUp = false,
    };

    private static Metric Metric(string name, string unit, bool moreIsBetter) => new(name, unit, moreIsBetter, AccuracyTask.Plain);

    /// <summary>A training is as long as it is: the time of a round does not apply.</summary>
    private static Contender Contender(string name) => new(name, _ => ChildTask.RunInFreshProcess($"{AccuracyTask.Name}/{name}"));
}
