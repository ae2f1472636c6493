namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>One implementation of the work of a contest.</summary>
/// <param name="Name">The last part of the row names.</param>
/// <param name="Measure">
/// Works for about the given time and returns one value per metric: NaN if the metric does not apply, infinity if the target was not reached.
/// </param>
internal sealed record Contender(string Name, Func<TimeSpan, double[]> Measure)
{
    /// <summary>A second contender to compare the main metric with, in addition to the baseline; null for none.</summary>
    public string? AlsoAgainst { get; init; }

    /// <summary>The largest number of rounds, for a contender that is slow and varies little.</summary>
    public int MaxRounds { get; init; } = int.MaxValue;
}
