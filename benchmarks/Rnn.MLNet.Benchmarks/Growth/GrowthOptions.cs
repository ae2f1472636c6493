namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>The parsed command line of --growth.</summary>
/// <param name="Dimensions">The dimensions to measure.</param>
/// <param name="Rounds">The number of rounds; null for the default.</param>
/// <param name="RoundTime">The working time per quantity, value and round; null for the default.</param>
/// <param name="JsonPath">The JSON file to write; null for none.</param>
/// <param name="SvgFolder">The folder to draw the curves into; null for none.</param>
/// <param name="From">The JSON file to read instead of measuring; null to measure.</param>
internal sealed record GrowthOptions(
    IReadOnlyList<GrowthDimension> Dimensions, int? Rounds, TimeSpan? RoundTime, string? JsonPath, string? SvgFolder, string? From);
