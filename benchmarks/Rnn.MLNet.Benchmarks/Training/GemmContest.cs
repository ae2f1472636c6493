using Rnn.MLNet.Benchmarks.Comparison;

namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>The machine's float32 peak on one core and on all.</summary>
internal static class GemmContest
{
    private const string OneCore = "one-core";

    public static Contest Create() => new(
        "gemm",
        [new Metric("", "GFLOP/s", MoreIsBetter: true, OneCore)],
        [
            new Contender(OneCore, time => [GemmPeak.Measure(1, time)]),
            new Contender("all-cores", time => [GemmPeak.Measure(Environment.ProcessorCount, time)]),
        ])
    {
        RoundTime = TimeSpan.FromSeconds(1),
    };
}
