namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>A row of the result.</summary>
/// <param name="Name">The contest, metric and contender, separated by slashes.</param>
/// <param name="Unit">The unit of <paramref name="Median"/> and <paramref name="Best"/>.</param>
/// <param name="Median">The median over the rounds; null if the target was not reached.</param>
/// <param name="Best">The best value of all rounds; null if the target was not reached.</param>
/// <param name="Rounds">The number of rounds.</param>
/// <param name="Baseline">The name of the row to compare with.</param>
/// <param name="Ratio">How many times better the median is than the baseline's: above 1 means better, also for times and memory.</param>
internal sealed record ResultRow(string Name, string Unit, double? Median, double? Best, int Rounds, string Baseline, double? Ratio);
