namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>The parsed command-line options of --compare.</summary>
/// <param name="Rounds">The number of rounds of every contest; null for each contest's default.</param>
/// <param name="RoundTime">The working time per contender and round; null for each contest's default.</param>
/// <param name="Only">The rows to measure.</param>
/// <param name="JsonPath">The JSON file to write; null for none.</param>
/// <param name="MarkdownPath">The Markdown document whose figures are replaced; null for none.</param>
internal sealed record CompareOptions(int? Rounds, TimeSpan? RoundTime, Selection Only, string? JsonPath, string? MarkdownPath);
