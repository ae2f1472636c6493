namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>Measures the time to score a single row.</summary>
internal static class LatencyContest
{
    private const string OnnxRuntime = "onnxruntime";

    public static Contest Create()
    {
        LatencyField? field = null;
        return new Contest(
            "latency/lstm",
            [
                new Metric("median", "µs", MoreIsBetter: false, OnnxRuntime),
                new Metric("p99", "µs", MoreIsBetter: false, OnnxRuntime),
            ],
            [
                new Contender(OnnxRuntime, time => OneRowLatency.Measure(field!.CallOnnxRuntime, time)),
                new Contender("prediction-engine", time => OneRowLatency.Measure(field!.CallFitted, time)),
                new Contender("prediction-engine-reloaded", time => OneRowLatency.Measure(field!.CallReloaded, time)),
            ])
        {
            RoundTime = TimeSpan.FromSeconds(0.5),
            Prepare = () => field = new LatencyField(),
            CleanUp = () => field?.Dispose(),
        };
    }
}
