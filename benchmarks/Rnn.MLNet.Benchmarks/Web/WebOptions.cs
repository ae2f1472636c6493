namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>The parsed command line of --web.</summary>
/// <param name="Rounds">The number of rounds.</param>
/// <param name="RoundTime">The time of each endpoint and number of connections in a round.</param>
/// <param name="BatchRows">The number of rows in a batch.</param>
/// <param name="JsonPath">The JSON file to write; null for none.</param>
internal sealed record WebOptions(int Rounds, TimeSpan RoundTime, int BatchRows, string? JsonPath);
