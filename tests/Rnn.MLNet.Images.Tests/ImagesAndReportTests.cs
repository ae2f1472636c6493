using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Tests.Images;

/// <summary>A program may use ML.NET's images and the report: these asked for different versions of SkiaSharp.</summary>
public sealed class ImagesAndReportTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("images-and-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_experiment_with_image_files_has_a_report()
    {
        var data = _context.Data.LoadFromEnumerable(Files());
        var rows = _context.Transforms.LoadImages("Image", _folder.FullName, "Path")
            .Append(_context.Transforms.ResizeImages("Image", imageWidth: 6, imageHeight: 4))
            .Append(_context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Columns))
            .Append(_context.Transforms.SelectColumns("Features", "Label"));
        var sequences = rows.Fit(data).Transform(data);
        var options = new RnnClassifierOptions { Cell = new GruCell(8), Epochs = 20, BatchSize = 8, LearningRate = 0.02, Seed = 1, Threads = 1 };

        var result = _context.MulticlassClassification.CreateRnnExperiment(new RnnExperimentSettings { MaxExperimentTimeInSeconds = 600, Seed = 1, Threads = 1 })
            .Add("GRU", context => context.Transforms.RnnClassifier(options))
            .Execute(sequences, sequences);
        result.SaveReport(Path("report.html"));

        Assert.Equal(1, result.BestRun!.ValidationMetrics!.MicroAccuracy);
        var report = File.ReadAllText(Path("report.html"));
        Assert.Contains("<h1>GRU <span>100.00 %</span></h1>", report);
        Assert.Contains(">GRU</text>", report);
    }

    /// <summary>Images that are bright at the left or at the right.</summary>
    private List<ImageFile> Files() => [.. Enumerable.Range(0, 24).Select(number =>
    {
        using var image = Paint.Gray(8, 12, (_, x) => x < 6 == (number % 2 == 0) ? 200 + number : number);
        image.Save(Path($"{number}.png"));
        return new ImageFile { Path = $"{number}.png", Label = number % 2 == 0 ? "left" : "right" };
    })];

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
