namespace Rnn.MLNet.Benchmarks.Memory;

/// <summary>Measures the peak memory of training on streamed rows, which must not grow with ten times as many rows.</summary>
internal static class StreamMemoryContest
{
    private const int Few = 200_000;
    private const int Many = 2_000_000;

    public static Contest Create() => new(
        "memory/stream",
        [new Metric("", "MB", MoreIsBetter: false, Text(Few))],
        [Contender(Few), Contender(Many)])
    {
        Rounds = 3,
        WarmUp = false,
    };

    private static Contender Contender(int rows) =>
        new(Text(rows), _ => ChildTask.RunInFreshProcess($"{StreamMemoryTask.Name}/{Text(rows)}"));

    private static string Text(int rows) => rows.ToString(CultureInfo.InvariantCulture);
}
