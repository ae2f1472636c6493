namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The sample WebApi answers with the scores of its model, alone, in batches and to many at once, and describes itself.</summary>
public sealed class WebApiPredictionTests(ColourService service) : IClassFixture<ColourService>
{
    private static readonly List<float[]> Rows = [.. SyntheticSequences.Rows(ColourService.MaxRows, seed: 2).Select(row => row.Features)];

    [Fact]
    public async Task A_row_has_the_scores_that_Transform_gives_it()
    {
        var expected = service.Model.Expected(Rows);

        for (var i = 0; i < 6; i++)
        {
            WebPrediction.AssertEqual(expected[i], await service.Client.Predict(Rows[i]));
        }
    }

    [Fact]
    public async Task A_batch_is_answered_in_the_order_of_its_rows()
    {
        var answers = await service.Client.Predict(Rows);

        Assert.All(service.Model.Expected(Rows).Zip(answers), pair => WebPrediction.AssertEqual(pair.First, pair.Second));
        Assert.Equal(Rows.Count, answers.Count);
    }

    [Fact]
    public async Task Requests_at_once_get_their_own_scores()
    {
        var expected = service.Model.Expected(Rows);

        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) =>
        {
            var row = i % Rows.Count;
            if (i % 3 == 0)
            {
                var answers = await service.Client.Predict([Rows[row], Rows[^(row + 1)]]);
                WebPrediction.AssertEqual(expected[row], answers[0]);
                WebPrediction.AssertEqual(expected[^(row + 1)], answers[1]);
            }
            else
            {
                WebPrediction.AssertEqual(expected[row], await service.Client.Predict(Rows[row]));
            }
        });
    }

    [Fact]
    public async Task The_health_names_the_model()
    {
        var (status, health) = await service.Client.Health();

        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Assert.Equal(("ready", null), (health.Status, health.Error));
        Assert.Equal((service.Model.Sha256, SyntheticSequences.Length), (health.Model!.Sha256, health.Model.Features));
        Assert.Equal(File.GetLastWriteTimeUtc(service.Model.Path), health.Model.FileTime.ToUniversalTime());
        Assert.Equal(SyntheticSequences.Colours, health.Model.Classes);
        Assert.Equal("live", await service.Client.Get("/health/live"));
    }

    [Fact]
    public async Task OpenAPI_describes_the_endpoints_the_rows_and_the_limits()
    {
        using var document = JsonDocument.Parse(await service.Client.Get("/openapi/v1.json"));
        var root = document.RootElement;

        Assert.Equal(["/predict", "/predict/batch", "/health", "/health/live"], root.GetProperty("paths").EnumerateObject().Select(path => path.Name));
        var batch = root.GetProperty("paths").GetProperty("/predict/batch").GetProperty("post");
        var rows = batch.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(ColourService.MaxRows, rows.GetProperty("maxItems").GetInt32());
        Assert.Equal(["200", "400", "413", "415", "422", "503"], batch.GetProperty("responses").EnumerateObject().Select(response => response.Name));
        var features = root.GetProperty("components").GetProperty("schemas").GetProperty("Row").GetProperty("properties").GetProperty("features");
        Assert.Equal(SyntheticSequences.Length, features.GetProperty("minItems").GetInt32());
        Assert.Equal(SyntheticSequences.Length, features.GetProperty("maxItems").GetInt32());
        Assert.Equal("number", features.GetProperty("items").GetProperty("type").GetString());
        Assert.Contains($"{ColourService.MaxBodyBytes} bytes", root.GetProperty("info").GetProperty("description").GetString());
    }
}
