namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>One way to do the work of a contest.</summary>
/// <param name="Name">Its part in the names of the rows.</param>
/// <param name="Measure">
/// Works for about the given time and returns one value a metric. NaN: this contender has no such value; infinity: it never got there.
/// </param>
internal sealed record Contender(string Name, Func<TimeSpan, double[]> Measure)
{
    /// <summary>A further comparison of the main figure, beside the metric's own baseline; null for none.</summary>
    public string? AlsoAgainst { get; init; }

    /// <summary>Bounds the rounds of a contender that is slow and steady.</summary>
    public int MaxRounds { get; init; } = int.MaxValue;
}
