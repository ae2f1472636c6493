using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>Talks to the sample as any program would.</summary>
internal sealed class WebClient(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    public static string Json(float[] features) => JsonSerializer.Serialize(new { features });

    public static string Json(IEnumerable<float[]> rows) => $"[{string.Join(",", rows.Select(Json))}]";

    public async Task<WebPrediction> Predict(float[] features) => await Answer<WebPrediction>("/predict", Json(features));

    public async Task<List<WebPrediction>> Predict(IEnumerable<float[]> rows) => await Answer<List<WebPrediction>>("/predict/batch", Json(rows));

    /// <summary>The status and the detail of the problem that a request is refused with.</summary>
    public async Task<(HttpStatusCode Status, string? Detail)> Refused(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse(type));
        using var response = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await Read<Problem>(response);
        Assert.Equal((int)response.StatusCode, problem.Status);
        return (response.StatusCode, problem.Detail);
    }

    public async Task<(HttpStatusCode Status, WebHealth Health)> Health()
    {
        using var response = await _client.GetAsync("/health", TestContext.Current.CancellationToken);
        return (response.StatusCode, await Read<WebHealth>(response));
    }

    /// <summary>Waits until the health is as expected.</summary>
    public async Task<WebHealth> Health(Func<WebHealth, bool> isExpected)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var (_, health) = await Health();
            if (isExpected(health))
            {
                return health;
            }

            Assert.True(watch.Elapsed < Hang.Limit, $"The health stays {health}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async Task<string> Get(string path) => await _client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<T> Answer<T>(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await Read<T>(response);
    }

    private static async Task<T> Read<T>(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<T>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), JsonSerializerOptions.Web)!;

    private sealed record Problem(int Status, string? Detail);
}
