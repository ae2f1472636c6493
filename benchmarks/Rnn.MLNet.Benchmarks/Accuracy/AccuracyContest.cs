namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>
/// A complete training on MNIST: seconds to two test accuracies and to the end, final test accuracy, peak memory. Each training runs in a
/// new process.
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
            // One round suffices: it takes a minute or more, and the results differ from the others by far more than the noise.
            Contender(AccuracyTask.LightGbm) with { MaxRounds = 1 },
            Contender(AccuracyTask.Sdca) with { MaxRounds = 1 },
        ])
    {
        Rounds = 3,
        WarmUp = false,
    };

    private static Metric Metric(string name, string unit, bool moreIsBetter) => new(name, unit, moreIsBetter, AccuracyTask.Plain);

    /// <summary>Creates a contender. It ignores the round time, because it measures a complete training.</summary>
    private static Contender Contender(string name) => new(name, _ => ChildTask.RunInFreshProcess($"{AccuracyTask.Name}/{name}"));
}
