namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>What a contest measures.</summary>
/// <param name="Name">Its part in the names of the rows; empty for a contest's main figure.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="MoreIsBetter">False where the smaller value wins: times and memory.</param>
/// <param name="Baselines">
/// The contenders to compare with. Of several, the one with the best median is the baseline, so that nobody is compared with the
/// weaker of two alternatives.
/// </param>
internal sealed record Metric(string Name, string Unit, bool MoreIsBetter, params string[] Baselines)
{
    /// <summary>How many times better a value is than the baseline's: above 1 is better, whatever the unit.</summary>
    public double Ratio(double value, double baseline) => MoreIsBetter ? value / baseline : baseline / value;

    public double Best(IEnumerable<double> values) => MoreIsBetter ? values.Max() : values.Min();
}
