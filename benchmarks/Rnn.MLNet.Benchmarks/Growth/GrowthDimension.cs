namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>What grows, while everything else stays as in <see cref="GrowthPoint.Base"/>.</summary>
/// <param name="Name">The name on the command line and in the rows.</param>
/// <param name="Title">The title of the axis.</param>
/// <param name="Baseline">The value that the others are compared with: that of the base, if the base has one.</param>
/// <param name="Values">The measured values, ascending.</param>
/// <param name="At">Returns the setting with a value.</param>
/// <param name="Quantities">What depends on this dimension.</param>
internal sealed record GrowthDimension(
    string Name, string Title, int Baseline, IReadOnlyList<int> Values, Func<int, GrowthPoint> At, IReadOnlyList<GrowthQuantity> Quantities)
{
    /// <summary>The number of values up to which all of 1, 2, 3, … are measured.</summary>
    private const int MostConsecutive = 8;

    private static readonly GrowthPoint Base = GrowthPoint.Base;

    public static IReadOnlyList<GrowthDimension> All { get; } =
    [
        new("rows", "rows of the table", 10_000, [1_000, 10_000, 100_000, 1_000_000], value => Base with { Rows = value }, [GrowthQuantity.Transform]),
        new("steps", "time steps", Base.Steps, [7, 14, 28, 56, 112, 224, 448, 896, 1_792], value => Base with { Steps = value }, GrowthQuantity.All),
        new("features", "features of a time step", Base.Features, [7, 28, 112, 448], value => Base with { Features = value }, GrowthQuantity.All),
        // Some are no multiple of 16, the width of a register of AVX-512.
        new("units", "units of a layer", Base.Units, [16, 32, 50, 64, 100, 128, 200, 256, 300, 512, 1_000, 1_024], value => Base with { Units = value }, GrowthQuantity.All),
        new("layers", "layers", Base.Layers, [1, 2, 3, 4], value => Base with { Layers = value }, GrowthQuantity.All) { IsLinear = true },
        new("threads", "threads", Base.Threads, Threads(Base.Threads), value => Base with { Threads = value }, [GrowthQuantity.Fit, GrowthQuantity.Transform]) { IsLinear = true },
        new("batch", "rows of a minibatch", Base.BatchSize, [8, 16, 32, 64, 128, 256, 512], value => Base with { BatchSize = value }, [GrowthQuantity.Fit]),
    ];

    /// <summary>Whether pictures have linear axes, for few values that lie close together.</summary>
    public bool IsLinear { get; init; }

    public static GrowthDimension Named(string name) => All.Single(dimension => dimension.Name == name);

    /// <summary>Returns the name of a contender: the value.</summary>
    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<int> Threads(int cores) =>
        [.. Enumerable.Range(1, cores).Where(threads => cores <= MostConsecutive || int.IsPow2(threads) || threads == cores)];
}
