namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Measures the machine's float32 peak: a large matrix product on one core and on all, and multiply-adds in registers.</summary>
internal static class GemmContest
{
    public const string MultiplyAdd = "multiply-add";

    private const string OneCore = "one-core", AllCores = "all-cores";

    public static Contest Create() => new(
        "gemm",
        [new Metric("", "GFLOP/s", MoreIsBetter: true, OneCore)],
        [
            new Contender(OneCore, time => [GemmPeak.Measure(1, time)]),
            new Contender(AllCores, time => [GemmPeak.Measure(Environment.ProcessorCount, time)]) { AlsoAgainst = MultiplyAdd },
            new Contender(MultiplyAdd, time => [MultiplyAddPeak.Measure(time)]),
        ])
    {
        RoundTime = TimeSpan.FromSeconds(1),
    };
}
