namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>One line of the result.</summary>
/// <param name="Name">Contest, metric and contender.</param>
/// <param name="Unit">The unit of <paramref name="Median"/> and <paramref name="Best"/>.</param>
/// <param name="Median">Over the rounds; null if the goal was not reached.</param>
/// <param name="Best">Over the rounds; null if the goal was not reached.</param>
/// <param name="Rounds">How many rounds there were.</param>
/// <param name="Baseline">The name of the row that this one is compared with.</param>
/// <param name="Ratio">How many times better the median is than the baseline's: above 1 is better, in times and memory too.</param>
internal sealed record ResultRow(string Name, string Unit, double? Median, double? Best, int Rounds, string Baseline, double? Ratio);
