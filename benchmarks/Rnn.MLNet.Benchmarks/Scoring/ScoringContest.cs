using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>
/// Compares batch scoring of one network: the baselines in their fastest setting, this library's Transform, ML.NET's own transformer.
/// </summary>
internal static class ScoringContest
{
    /// <summary>The contenders for every network.</summary>
    private static readonly string[] Main = [ScoringField.Libtorch, ScoringField.OnnxRuntime, ScoringField.Transform];

    /// <summary>The additional contenders for the main network.</summary>
    private static readonly string[] Further =
        [ScoringField.LibtorchParallel, ScoringField.OnnxRuntimeParallel, ScoringField.OnnxTransformer, ScoringField.ReloadedZip, ScoringField.LoadRnn];

    public static Contest Create(NetworkShape shape)
    {
        var isMain = shape == NetworkShape.Lstm;
        string[] names = isMain ? [.. Main, .. Further] : Main;
        ScoringField? field = null;
        return new Contest(
            $"scoring/{shape.Name}",
            [
                new Metric("", "rows/s", MoreIsBetter: true, ScoringField.Libtorch, ScoringField.OnnxRuntime),
                // The ratio of these rows is the fraction of the multiply-add peak of all cores.
                new Metric("arithmetic", "GFLOP/s", MoreIsBetter: true, GemmContest.MultiplyAdd),
            ],
            [
                .. names.Select(name => new Contender(name, time => Figures(field!.Measure(name, time)))
                {
                    AlsoAgainst = !isMain ? null : name == ScoringField.Transform ? ScoringField.OnnxTransformer : name == ScoringField.LoadRnn ? ScoringField.Transform : null,
                }),
                new Contender(GemmContest.MultiplyAdd, time => [double.NaN, MultiplyAddPeak.Measure(time / 3)]),
            ])
        {
            RoundTime = TimeSpan.FromSeconds(isMain ? 1 : 0.5),
            Prepare = () => field = new ScoringField(shape, names),
            CleanUp = () => field?.Dispose(),
        };

        double[] Figures(double rowsPerSecond) => [rowsPerSecond, rowsPerSecond * shape.ForwardOperations / 1e9];
    }
}
