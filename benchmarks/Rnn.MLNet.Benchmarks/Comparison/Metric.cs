namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>A metric of a contest.</summary>
/// <param name="Name">The middle part of the row names; empty for the main metric of a contest.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="MoreIsBetter">Whether larger values are better; false for times and memory.</param>
/// <param name="Baselines">
/// The contenders to compare with. Of several, the one with the best median is the baseline, so the comparison is always with the
/// strongest alternative.
/// </param>
internal sealed record Metric(string Name, string Unit, bool MoreIsBetter, params string[] Baselines)
{
    /// <summary>Returns how many times better a value is than the baseline's: above 1 means better, whatever the unit.</summary>
    public double Ratio(double value, double baseline) => MoreIsBetter ? value / baseline : baseline / value;

    public double Best(IEnumerable<double> values) => MoreIsBetter ? values.Max() : values.Min();
}
