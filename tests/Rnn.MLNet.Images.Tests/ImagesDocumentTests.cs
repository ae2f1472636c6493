using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Images;

/// <summary>The code of docs/images.md, compiled and run.</summary>
public sealed class ImagesDocumentTests : IDisposable
{
    private const string Begin = "// <block>";
    private const string End = "// </block>";

    [Fact]
    public void The_code_runs()
    {
        WriteDigits();

        // <block>
        // digits/7/00042.png: the name of the folder is the label.
        var files = Directory.EnumerateFiles("digits", "*.png", SearchOption.AllDirectories).Order()
            .Select(path => new ImageFile { Path = path, Label = Path.GetFileName(Path.GetDirectoryName(path)!) });

        var mlContext = new MLContext(seed: 1);
        IDataView rows = mlContext.Data.LoadFromEnumerable(files.ToList());
        IDataView images = mlContext.Transforms.LoadImages("Image", null, "Path").Fit(rows).Transform(rows);
        var split = mlContext.Data.TrainTestSplit(images, testFraction: 0.2);

        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Rows))
            .Append(mlContext.Transforms.RnnClassifier())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("Digit", "PredictedLabel"));

        var model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        mlContext.Model.Save(model, images.Schema, "digits.zip");
        // </block>

        Assert.Equal(1, metrics.MicroAccuracy);

        // <block>
        // Another process, another MLContext, nothing registered:
        var loaded = new MLContext().Model.Load("digits.zip", out _);
        using var engine = new MLContext().Model.CreatePredictionEngine<DigitImage, DigitPrediction>(loaded);
        var answer = engine.Predict(new DigitImage { Image = MLImage.CreateFromFile("digits/7/00042.png") });
        Console.WriteLine($"{answer.Digit} ({answer.Score.Max():P0})");
        // </block>

        Assert.Equal("7", answer.Digit);

        // <block>
        // The benchmark "permuted pixel by pixel": a fixed order of all pixels.
        int[] order = [.. Enumerable.Range(0, 28 * 28)];
        new Random(1).Shuffle(order);

        var pixels = mlContext.Transforms.ImageToSequence(new ImageToSequenceOptions
        {
            OutputColumnName = "Features",
            InputColumnName = "Image",
            Layout = SequenceLayout.Pixels,
            Permutation = order,
            ImageHeight = 28,
            ImageWidth = 28,
            Resizing = ImageResizingEstimator.ResizingKind.IsoPad,
        });
        // </block>

        Assert.Equal(784, pixels.Fit(images).TimeSteps);
    }

    [Fact]
    public void The_document_shows_this_code()
    {
        string document = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../docs/images.md"));
        var (shown, run) = (Blocks(document, "```csharp", "```"), Blocks(SourceFile(), Begin, End));

        Assert.Equal(4, shown.Count);
        // The classes stand at the end of this file.
        Assert.Equal(string.Join("\n---\n", shown[0], shown[1], shown[3], shown[2]), string.Join("\n---\n", run));
    }

    public void Dispose()
    {
        if (Directory.Exists("digits"))
        {
            Directory.Delete("digits", recursive: true);
        }

        File.Delete("digits.zip");
    }

    /// <summary>Two easy digits: ink at the top or at the bottom.</summary>
    private static void WriteDigits()
    {
        for (int i = 0; i < 60; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine("digits", i % 2 == 0 ? "7" : "2")).FullName;
            using var image = Paint.Gray(28, 28, (y, _) => y / 14 == i % 2 ? 255 - i : i);
            image.Save(Path.Combine(folder, $"{i:00000}.png"));
        }
    }

    private static List<string> Blocks(string path, string begin, string end)
    {
        List<string> blocks = [];
        var lines = File.ReadLines(path).Select(line => line.Trim()).ToList();
        for (int line = lines.IndexOf(begin); line >= 0; line = lines.IndexOf(begin, line + 1))
        {
            // The namespaces stand at the top of this file.
            blocks.Add(string.Join("\n", lines.Skip(line + 1).TakeWhile(text => text != end).SkipWhile(text => text.StartsWith("using ", StringComparison.Ordinal) || text.Length == 0)));
        }

        return blocks;
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;

    // <block>
    public sealed class ImageFile
    {
        public string Path { get; set; } = "";
        public string Label { get; set; } = "";
    }

    public sealed class DigitImage
    {
        [ImageType(28, 28)]                                // height, width: ML.NET needs the attribute to know the type of the property
        public MLImage? Image { get; set; }
        public string Label { get; set; } = "";            // not read, see "Rows without a label" in deploying.md
    }

    public sealed class DigitPrediction
    {
        public string Digit { get; set; } = "";
        public float[] Score { get; set; } = [];
    }
    // </block>
}
