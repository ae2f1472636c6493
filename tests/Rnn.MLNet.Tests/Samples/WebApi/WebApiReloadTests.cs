using System.IO.Compression;
using System.Net;
using Rnn.MLNet.Benchmarks.Web;

namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>The sample WebApi takes a new file without a restart: no request fails, a broken file changes nothing, old models are disposed.</summary>
public sealed class WebApiReloadTests : IDisposable
{
    private static readonly List<float[]> Rows = [.. SyntheticSequences.Rows(12, seed: 3).Select(row => row.Features)];

    private readonly ColourModel _one = new(seed: 1);
    private readonly ColourModel _other = new(seed: 2);
    private readonly TemporaryFile _file = new(".zip");
    private WebService? _service;

    public void Dispose()
    {
        _service?.Dispose();
        _one.Dispose();
        _other.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task Requests_are_answered_by_the_old_or_the_new_model_while_it_is_replaced()
    {
        using var client = Start(_one.Bytes);
        var expected = new[] { _one, _other }.ToDictionary(model => model.Name, model => model.Expected(Rows));
        var answeredBy = new ConcurrentDictionary<string, int>();
        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            for (var i = number; !end.IsCancellationRequested; i++)
            {
                var row = i % Rows.Count;
                var answers = i % 2 == 0 ? [await client.Predict(Rows[row])] : await client.Predict([Rows[row], Rows[row]]);
                // A batch is answered by one model.
                Assert.All(answers, answer => WebPrediction.AssertEqual(expected[answers[0].Model][row], answer));
                answeredBy.AddOrUpdate(answers[0].Model, 1, (_, count) => count + 1);
            }
        })).ToList();

        for (var i = 0; i < 6; i++)
        {
            await Replace(client, i % 2 == 0 ? _other : _one);
        }

        await end.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(expected.Keys.Order(), answeredBy.Keys.Order());
        Assert.DoesNotContain("fail:", _service!.Log);
    }

    [Fact]
    public async Task A_broken_file_keeps_the_model_and_is_reported_until_it_is_repaired()
    {
        using var client = Start(_one.Bytes);
        foreach (var (bytes, error) in ((byte[]?, string)[])
            [
                (_other.Bytes[..(_other.Bytes.Length / 2)], $"The file is not a zip, or not a whole one. It has {_other.Bytes.Length / 2} bytes."),
                ([], "The file is not a zip, or not a whole one. It has 0 bytes."),
                ("no zip"u8.ToArray(), "The file is not a zip, or not a whole one. It has 6 bytes."),
                (Zip(), "The file is a zip, but not a model that ML.NET can load and score with. It is damaged, or something else."),
                (null, "There is no such file."),
            ])
        {
            Write(bytes);

            var health = await client.Health(health => health.Error is not null);

            Assert.Equal(error, health.Error);
            Assert.Equal(("ready", _one.Sha256), (health.Status, health.Model!.Sha256));
            WebPrediction.AssertEqual(_one.Expected(Rows)[0], await client.Predict(Rows[0]));
            Assert.Contains($"{_file.Path} cannot be loaded, the model before it stays in use: {health.Error!.Split('\n')[0]}", _service!.Log);

            // Neither another model nor the same one leaves the error.
            Write(_one.Bytes);
            Assert.Equal(_one.Sha256, (await client.Health(health => health.Error is null)).Model!.Sha256);
        }

        await Replace(client, _other);
        WebPrediction.AssertEqual(_other.Expected(Rows)[0], await client.Predict(Rows[0]));
    }

    [Fact]
    public async Task Each_model_that_has_been_replaced_is_disposed()
    {
        using var client = Start(_one.Bytes);
        var requests = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await client.Predict(Rows);
            }
        })).ToList();

        for (var i = 0; i < 10; i++)
        {
            await Replace(client, i % 2 == 0 ? _other : _one);
        }

        await Task.WhenAll(requests);
        for (var watch = Stopwatch.StartNew(); Disposed(_one) < 5 || Disposed(_other) < 5; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            Assert.True(watch.Elapsed < Hang.Limit, _service!.Log);
        }

        // The last one is in use.
        Assert.Equal((5, 5), (Disposed(_one), Disposed(_other)));
        WebPrediction.AssertEqual(_one.Expected(Rows)[0], await client.Predict(Rows[0]));
    }

    [Fact]
    public async Task A_service_without_a_file_waits_for_it()
    {
        using var client = Start(bytes: null);

        var (status, health) = await client.Health();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no model", "There is no such file."), (status, health.Status, health.Error));
        Assert.Null(health.Model);
        Assert.Equal("live", await client.Get("/health/live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "No model has been loaded yet."), await client.Refused("/predict", WebClient.Json(Rows[0])));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "No model has been loaded yet."), await client.Refused("/predict/batch", WebClient.Json(Rows)));
        Assert.Contains("\"/predict\"", await client.Get("/openapi/v1.json"));

        await Replace(client, _one);
        WebPrediction.AssertEqual(_one.Expected(Rows)[0], await client.Predict(Rows[0]));
    }

    /// <summary>A zip of something else.</summary>
    private static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            zip.CreateEntry("notes.txt").Open().Dispose();
        }

        return stream.ToArray();
    }

    private WebClient Start(byte[]? bytes)
    {
        Write(bytes);
        _service = ColourService.Start(_file.Path);
        return new WebClient(_service.Address);
    }

    private async Task Replace(WebClient client, ColourModel model)
    {
        Write(model.Bytes);
        await client.Health(health => health.Model?.Sha256 == model.Sha256 && health.Error is null);
    }

    /// <summary>Replaces the file, as SaveTo does.</summary>
    private void Write(byte[]? bytes)
    {
        if (bytes is null)
        {
            File.Delete(_file.Path);
            return;
        }

        File.WriteAllBytes(_file.Path + ".new", bytes);
        File.Move(_file.Path + ".new", _file.Path, overwrite: true);
    }

    private int Disposed(ColourModel model) => _service!.Log.Split($"Disposed the model {model.Sha256} after its last request.").Length - 1;
}
