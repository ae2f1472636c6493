using System.Net.Http.Headers;
using System.Net.Mime;

namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>A request that is repeated.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Path">The path of the endpoint.</param>
/// <param name="Rows">The number of rows that an answer scores; 0 for the trivial endpoint.</param>
/// <param name="Bodies">The bodies, which are sent in turn; none for GET.</param>
internal sealed record WebRequest(string Name, string Path, int Rows, IReadOnlyList<byte[]> Bodies)
{
    private static readonly MediaTypeHeaderValue Json = new(MediaTypeNames.Application.Json);

    /// <summary>GET of an endpoint that does nothing.</summary>
    public static WebRequest Trivial { get; } = new("GET /health/live (trivial)", "/health/live", 0, []);

    public static WebRequest Predict(IReadOnlyList<LabelledSequence> rows) =>
        new("POST /predict", "/predict", 1, [.. rows.Select(row => Body(new { features = Short(row) }))]);

    public static WebRequest Batch(IReadOnlyList<LabelledSequence> rows, int size) =>
        new($"POST /predict/batch, {size} rows", "/predict/batch", size, [.. rows.Chunk(size).Where(chunk => chunk.Length == size).Select(chunk =>
            Body(chunk.Select(row => new { features = Short(row) })))]);

    public HttpRequestMessage Message(int number)
    {
        if (Bodies.Count == 0)
        {
            return new HttpRequestMessage(HttpMethod.Get, Path);
        }

        var content = new ByteArrayContent(Bodies[number % Bodies.Count]);
        content.Headers.ContentType = Json;
        return new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
    }

    private static byte[] Body(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    /// <summary>The pixels with four digits, as a client would send them: 256 shades need no more.</summary>
    private static double[] Short(LabelledSequence row) => Array.ConvertAll(row.Features, value => Math.Round(value, 4));
}
