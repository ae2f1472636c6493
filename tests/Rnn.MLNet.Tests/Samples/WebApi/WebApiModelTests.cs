using System.Net;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The sample WebApi serves zips with labels of any type, also of other trainers, and says why it refuses others.</summary>
public sealed class WebApiModelTests : IDisposable
{
    private static readonly float[] Row = SyntheticSequences.Rows(1, seed: 4).Single().Features;

    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _zip = new(".zip");

    public void Dispose() => _zip.Dispose();

    [Fact]
    public async Task Labels_of_any_type_are_named()
    {
        using var service = ColourService.Start(_zip.Path);
        using var client = new WebClient(service.Address);

        await Serves(client, Numbered(number => number * 0.5f - 0.5f), Rnn, "-0.5", "0", "0.5");
        await Serves(client, Numbered(number => number * 7 - 7), Rnn, "-7", "0", "7");
        await Serves(client, Numbered(number => number > 0), Rnn, "False", "True");
        await Serves(client, SyntheticSequences.Keyed(_context, 96), _context.Transforms.RnnClassifier(SyntheticSequences.Options), SyntheticSequences.Colours);
        await Serves(client, Numbered(number => number), Stock, "0", "1", "2");

        await Refuses(
            client, Numbered(number => (float)number), _context.Regression.Trainers.Sdca(),
            "The model is not a classifier: expected the output columns 'Score', a vector of Single, and 'PredictedLabel', a key; "
            + "got 'Score' of type Single and no 'PredictedLabel'.");
        await Refuses(
            client, _context.Data.LoadFromEnumerable(new[] { new { Text = "a b" } }), _context.Transforms.Text.FeaturizeText("Features", "Text"),
            "The input column 'Features' is missing; expected a vector of Single of known size.");
    }

    [Fact]
    public async Task A_service_with_a_broken_file_says_so()
    {
        File.WriteAllBytes(_zip.Path, [80, 75, 3, 4, 5]);
        using var service = ColourService.Start(_zip.Path);
        using var client = new WebClient(service.Address);

        var (status, health) = await client.Health();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no model"), (status, health.Status));
        Assert.Equal("The file is not a zip, or not a whole one. It has 5 bytes.", health.Error);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.Refused("/predict", WebClient.Json(Row))).Status);
        Assert.Contains("cannot be loaded, there is no model: ", service.Log);
        // The settings beside the program say so, wherever it is started.
        Assert.DoesNotContain("Request starting", service.Log);
    }

    [Theory]
    [InlineData("Model__MaxRows", "0")]
    [InlineData("Model__MaxRows", "many")]
    [InlineData("Model__PollInterval", "00:00:00")]
    public void Settings_out_of_range_are_refused_by_name(string name, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ColourService.Start(_zip.Path, (name, value)));

        Assert.Contains(name.Split("__")[1], error.Message);
        Assert.DoesNotContain("   at ", error.Message);
    }

    [Fact]
    public async Task A_foreign_culture_changes_nothing()
    {
        using var model = new ColourModel();
        using var service = ColourService.Start(model.Path, ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location));
        using var client = new WebClient(service.Address);

        WebPrediction.AssertEqual(model.Expected([Row])[0], await client.Predict(Row));
        Assert.Equal((HttpStatusCode.BadRequest, "$.features[1]: the number is beyond the range of a 32-bit float."),
            await client.Refused("/predict", "{\"features\":[-0.5,-1e39,0,0,0,0,0,0,0,0,0,0]}"));
        // With one that has a comma and no hyphen for the class -0.5.
        File.Copy(await Save(Numbered(number => number * 0.5f - 0.5f), Rnn), model.Path, overwrite: true);
        Assert.Equal(["-0.5", "0", "0.5"], (await client.Health(health => health.Model?.Sha256 != model.Sha256)).Model!.Classes);
    }

    private IEstimator<ITransformer> Rnn => Keyed(_context.Transforms.RnnClassifier(SyntheticSequences.Options));

    private IEstimator<ITransformer> Stock => Keyed(_context.MulticlassClassification.Trainers.SdcaMaximumEntropy());

    private IEstimator<ITransformer> Keyed(IEstimator<ITransformer> trainer) => _context.Transforms.Conversion
        .MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        .Append(trainer);

    private IDataView Numbered<T>(Func<int, T> label) => _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(96, label));

    private async Task<string> Save(IDataView data, IEstimator<ITransformer> estimator)
    {
        var model = await Task.Run(() => estimator.Fit(data));
        model.SaveTo(_zip.Path, data.Schema);
        return _zip.Path;
    }

    private async Task Serves(WebClient client, IDataView data, IEstimator<ITransformer> estimator, params string[] classes)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(await Save(data, estimator))));

        var health = await client.Health(health => health.Model?.Sha256 == sha256 && health.Error is null);

        Assert.Equal(classes, health.Model!.Classes);
        var answer = await client.Predict(Row);
        Assert.Equal(classes, answer.Probabilities.Keys);
        Assert.Equal(answer.Probabilities.MaxBy(pair => pair.Value).Key, answer.Label);
        Assert.Equal(1, answer.Probabilities.Values.Sum(), 5);
    }

    private async Task Refuses(WebClient client, IDataView data, IEstimator<ITransformer> estimator, string error)
    {
        var before = (await client.Health()).Health.Model;
        await Save(data, estimator);

        var health = await client.Health(health => health.Error == error);

        Assert.Equal(before!.Sha256, health.Model!.Sha256);
    }
}
