namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>The fuzz targets and their shares of the inputs.</summary>
internal static class FuzzTargets
{
    public static readonly IReadOnlyList<(string Name, double Share, Func<IFuzzTarget> Create)> All =
    [
        ("zip", 0.2, FileTargets.Zip),
        ("network", 0.2, FileTargets.Network),
        ("onnx", 0.2, FileTargets.Onnx),
        ("checkpoint", 0.15, FileTargets.Checkpoint),
        ("journal", 0.05, FileTargets.Journal),
        ("idx", 0.15, FileTargets.Idx),
        ("options", 0.05, () => new OptionsTarget()),
    ];

    /// <summary>Returns the random number generator of an input, which makes each input reproducible without those before it.</summary>
    public static Random RandomOf(int seed, int input) => new(unchecked((seed * 1_000_003) ^ (input * 7_919)));
}
