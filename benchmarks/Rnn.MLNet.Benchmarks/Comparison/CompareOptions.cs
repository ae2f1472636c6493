namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>What the command line asks of --compare.</summary>
/// <param name="Rounds">Rounds of every contest; null for each contest's own number.</param>
/// <param name="RoundTime">Work of a contender in a round; null for each contest's own time.</param>
/// <param name="Only">The rows to measure.</param>
/// <param name="JsonPath">Where the rows go as JSON; null for nowhere.</param>
/// <param name="MarkdownPath">The document whose figures are replaced; null for none.</param>
internal sealed record CompareOptions(int? Rounds, TimeSpan? RoundTime, Selection Only, string? JsonPath, string? MarkdownPath);
