namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>What a number of connections measured at an endpoint. Times are in milliseconds.</summary>
internal sealed record WebResult(
    string Request, int Connections, int Requests, int Failures, double RequestsPerSecond, double RowsPerSecond, double Median, double Percentile99, double Longest);
