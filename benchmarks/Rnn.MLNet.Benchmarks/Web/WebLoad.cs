namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>
/// A closed loop: each connection sends its next request when it has read the answer to the one before. The time of every request counts,
/// from before it is sent until its answer has been read.
/// </summary>
internal sealed class WebLoad(WebService service, WebRequest request, int connections) : IDisposable
{
    /// <summary>Bounds a round, whatever the time.</summary>
    private const int MostRequests = 200_000;

    private readonly HttpClient[] _clients =
    [
        .. Enumerable.Range(0, connections).Select(_ => new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false, UseCookies = false })
        {
            BaseAddress = service.Address,
            Timeout = TimeSpan.FromSeconds(10),
        }),
    ];

    private readonly List<long> _ticks = [];
    private readonly List<double> _requestsPerSecond = [];
    private TimeSpan _serverTime;

    private int _failures;

    /// <summary>Measures a round and adds it to those before.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var serverTime = service.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(_clients.Select((client, number) => Task.Run(() => LoopAsync(client, number, start, time))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _serverTime += service.ProcessorTime - serverTime;
        foreach (var (ticks, failures) in results)
        {
            _ticks.AddRange(ticks);
            _failures += failures;
        }

        _requestsPerSecond.Add(results.Sum(result => result.Ticks.Count) / seconds);
    }

    /// <summary>Forgets what has been measured, after warming up.</summary>
    public void Clear()
    {
        _ticks.Clear();
        _requestsPerSecond.Clear();
        _failures = 0;
        _serverTime = TimeSpan.Zero;
    }

    /// <summary>The median of the rounds, and percentiles of all answered requests of all rounds.</summary>
    public WebResult Result()
    {
        _ticks.Sort();
        var rounds = _requestsPerSecond.Order().ToList();
        var perSecond = (rounds[(rounds.Count - 1) / 2] + rounds[rounds.Count / 2]) / 2;
        return new WebResult(
            request.Name, connections, _ticks.Count, _failures, perSecond, perSecond * request.Rows, Milliseconds(0.5), Milliseconds(0.99), Milliseconds(1),
            _serverTime.TotalMicroseconds / (_ticks.Count + _failures));
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task<(List<long> Ticks, int Failures)> LoopAsync(HttpClient client, int number, long start, TimeSpan time)
    {
        var ticks = new List<long>();
        var failures = 0;
        for (var i = number; Stopwatch.GetElapsedTime(start) < time && ticks.Count + failures < MostRequests / connections; i += connections)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                using var message = request.Message(i);
                using var response = await client.SendAsync(message);
                if (response.IsSuccessStatusCode)
                {
                    ticks.Add(Stopwatch.GetTimestamp() - sent);
                    continue;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // Counted like an answer with another status.
            }

            failures++;
        }

        return (ticks, failures);
    }

    /// <summary>The smallest time that a share of the requests does not exceed.</summary>
    private double Milliseconds(double share) =>
        _ticks.Count == 0 ? double.NaN : _ticks[Math.Max(0, (int)Math.Ceiling(share * _ticks.Count) - 1)] * 1e3 / Stopwatch.Frequency;
}
