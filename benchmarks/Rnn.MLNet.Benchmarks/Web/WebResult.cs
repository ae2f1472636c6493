namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>What a number of connections measured at an endpoint. Times are in milliseconds, but the server's processor time of a request is in microseconds.</summary>
internal sealed record WebResult(
    string Request, int Connections, int Requests, int Failures, double RequestsPerSecond, double RowsPerSecond, double Median, double Percentile99, double Longest, double ServerMicroseconds);
