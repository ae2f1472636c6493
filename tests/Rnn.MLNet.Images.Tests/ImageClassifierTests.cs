namespace Rnn.MLNet.Tests.Images;

/// <summary>Images, sequences and a network in one pipeline: trained, saved, loaded, and asked about single images.</summary>
public sealed class ImageClassifierTests : IDisposable
{
    private const int Count = 48;

    private static readonly string Consumer = typeof(ImageClassifierTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PortableImages.Consumer").Value!;

    private readonly MLContext _context = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-classifiers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_model_of_images_gives_the_same_scores_everywhere()
    {
        var data = Bars();
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Columns))
            .Append(_context.Transforms.RnnClassifier(Options()))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Place", "PredictedLabel"));
        var model = pipeline.Fit(data);
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToList();
        Assert.Equal(1, _context.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);

        var zip = Path("model.zip");
        _context.Model.Save(model, data.Schema, zip);
        var loaded = new MLContext().Model.Load(zip, out var schema);

        Assert.Equal(["Label"], schema.Select(column => column.Name).Except(["Image"]));
        AssertClose(scores, [.. loaded.Transform(Bars()).GetColumn<float[]>("Score")]);
        AssertClose(scores, Predict(model));
        AssertClose(scores, Predict(loaded));
        AssertClose([scores[5]], [await ScoreElsewhere(zip, 5)]);
    }

    [Fact]
    public void A_network_needs_no_number_of_time_steps()
    {
        var data = Bars();
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Patches(2, 3)))
            .Append(_context.Transforms.RnnClassifier());

        // Checked before anything is fitted.
        var announced = pipeline.GetOutputSchema(EstimatorContract.SchemaShapeProbe.Of(data)).Single(column => column.Name == "Features");
        var trained = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Patches(2, 3)))
            .Append(_context.Transforms.RnnClassifier(Options() with { MaxSteps = 1 })).Fit(data);

        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false), (announced.Kind, announced.ItemType, announced.IsKey));
        Assert.Equal([4, 6], ((VectorDataViewType)trained.GetOutputSchema(data.Schema)["Features"].Type).Dimensions);
    }

    [Fact]
    public void A_pipeline_may_begin_with_the_files()
    {
        var rows = Files();
        var data = _context.Data.LoadFromEnumerable(rows);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.LoadImages("Image", _folder.FullName, "Path"))
            .Append(_context.Transforms.ImageToSequence("Features", "Image"))
            .Append(_context.Transforms.RnnClassifier(Options()));
        var model = pipeline.Fit(data);
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToList();

        _context.Model.Save(model, data.Schema, Path("model.zip"));
        var loaded = new MLContext().Model.Load(Path("model.zip"), out _);

        AssertClose(scores, [.. loaded.Transform(data).GetColumn<float[]>("Score")]);
        using var engine = _context.Model.CreatePredictionEngine<ImageFile, Prediction>(loaded);
        AssertClose(scores, [.. rows.Select(row => engine.Predict(row).Score)]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_ends_the_training_with_its_name()
    {
        var rows = Files();
        File.WriteAllBytes(Path(rows[7].Path!), []);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.LoadImages("Image", _folder.FullName, "Path"))
            .Append(_context.Transforms.ImageToSequence("Features", "Image"))
            .Append(_context.Transforms.RnnClassifier(Options()));

        var exception = Assert.ThrowsAny<Exception>(() => pipeline.Fit(_context.Data.LoadFromEnumerable(rows)));

        Assert.Contains("The image column 'Image' cannot be read in row 7 (counted from 0), whose Path is 'bar7.png'", exception.ToString());
    }

    private static RnnClassifierOptions Options() => new() { Cell = new BasicLstmCell(8), Epochs = 30, BatchSize = 16, LearningRate = 0.02, Seed = 1, Threads = 1 };

    /// <summary>A bright bar at the left, in the middle or at the right, in other shades in each image.</summary>
    private static MLImage Bar(int image) => Paint.Gray(
        Picture.Height, Picture.Width, (y, x) => x / 2 == image % 3 ? 180 + image + y : 10 + image % 7 * y);

    private static string Label(int image) => ((string[])["left", "middle", "right"])[image % 3];

    private IDataView Bars() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(image => new Picture { Image = Bar(image), Label = Label(image) }).ToList());

    private List<ImageFile> Files() => [.. Enumerable.Range(0, Count).Select(image =>
    {
        using var bar = Bar(image);
        bar.Save(Path($"bar{image}.png"));
        return new ImageFile { Path = $"bar{image}.png", Label = Label(image) };
    })];

    private List<float[]> Predict(ITransformer model)
    {
        using var engine = _context.Model.CreatePredictionEngine<Picture, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });
        return [.. Enumerable.Range(0, Count).Select(image => engine.Predict(new Picture { Image = Bar(image), Label = "" }).Score)];
    }

    private async Task<float[]> ScoreElsewhere(string zip, int number)
    {
        using (var image = Bar(number))
        {
            image.Save(Path("bar.png"));
        }

        var files = Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Consumer)!, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetFileName(file)).ToList();
        Assert.Contains("Microsoft.ML.ImageAnalytics.dll", files);
        Assert.DoesNotContain(files, file => file.StartsWith("Rnn.MLNet", StringComparison.OrdinalIgnoreCase) || file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Consumer, zip, Path("bar.png"), Path("answer.json")])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Hang.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<Prediction>(File.ReadAllText(Path("answer.json")))!.Score;
    }

    private static void AssertClose(List<float[]> expected, List<float[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), row => Assert.All(row.First.Zip(row.Second), score => Assert.Equal(score.First, score.Second, 1e-5f)));
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
