using System.Net.Http.Json;
using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>Checks that the service answers with the scores of the model, before it is measured.</summary>
internal static class WebCheck
{
    /// <exception cref="InvalidOperationException">The scores differ.</exception>
    public static async Task AgreeAsync(Uri address, ITransformer model, LabelledSequence[] rows)
    {
        var context = new MLContext(seed: 1);
        // As the client sends them: JSON with four digits.
        var rounded = rows.Select(row => new LabelledSequence { Features = Array.ConvertAll(row.Features, value => (float)Math.Round(value, 4)) }).ToList();
        var expected = model.Transform(context.Data.LoadFromEnumerable(rounded)).GetColumn<float[]>("Score").ToList();
        using var client = new HttpClient { BaseAddress = address };
        var request = WebRequest.Predict(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            using var message = request.Message(i);
            using var response = await client.SendAsync(message);
            var answer = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web))!;
            ScoreCheck.Agree("the web service", [.. answer.Probabilities.Values], expected[i]);
        }
    }

    private sealed record Answer(Dictionary<string, float> Probabilities);
}
