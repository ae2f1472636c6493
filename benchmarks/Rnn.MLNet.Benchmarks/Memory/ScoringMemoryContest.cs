using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Memory;

/// <summary>
/// Measures the peak memory of scoring 10,000 rows, each contender in a new process. The accuracy contest measures that of training.
/// </summary>
internal static class ScoringMemoryContest
{
    private static readonly string[] Names =
        [ScoringField.Libtorch, ScoringField.OnnxRuntime, ScoringField.Transform, ScoringField.OnnxTransformer, ScoringField.ReloadedZip];

    public static Contest Create() => new(
        "memory/scoring",
        [new Metric("", "MB", MoreIsBetter: false, ScoringField.Libtorch, ScoringField.OnnxRuntime)],
        [.. Names.Select(name => new Contender(name, _ => ChildTask.RunInFreshProcess($"{ScoringMemoryTask.Name}/{name}")))])
    {
        Rounds = 3,
        WarmUp = false,
    };
}
