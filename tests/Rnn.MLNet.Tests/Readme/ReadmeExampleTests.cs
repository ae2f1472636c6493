using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>The example that README.md opens with, compiled and run.</summary>
public sealed class ReadmeExampleTests : IDisposable
{
    private const string Begin = "// <README>";
    private const string End = "// </README>";

    [Fact]
    public void The_example_runs()
    {
        var data = new MLContext().Data;
        IDataView train = data.LoadFromEnumerable(Bars(200)), test = data.LoadFromEnumerable(Bars(50));

        // <README>
        var mlContext = new MLContext(seed: 1);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.RnnClassifier(timeSteps: 28, cell: new BasicLstmCell(128), epochs: 10))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedDigit", "PredictedLabel"));

        var model = pipeline.Fit(train);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test));
        mlContext.Model.Save(model, train.Schema, "mnist-rnn.zip");

        // Another process, another MLContext, nothing registered:
        var reloaded = new MLContext().Model.Load("mnist-rnn.zip", out var schema);
        var engine = mlContext.Model.CreatePredictionEngine<Digit, Prediction>(reloaded);
        // </README>

        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.Equal(["Features", "Label"], schema.Select(column => column.Name).Order());
        Assert.All(Bars(10), bar => Assert.Equal(bar.Label, engine.Predict(bar).PredictedDigit));
    }

    [Fact]
    public void The_README_shows_this_code()
    {
        Assert.Equal(Between(SourceFile(), Begin, End), Between(ReadmeFile(), "```csharp", "```"));
    }

    public void Dispose() => File.Delete("mnist-rnn.zip");

    /// <summary>Three easy digits: a bar of ink at the top, in the middle or at the bottom, so only its time step tells them apart.</summary>
    private static IEnumerable<Digit> Bars(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int label = i % 3;
            var features = new float[28 * 28];
            features.AsSpan((9 * label + i % 7) * 28, 28).Fill(1);
            yield return new Digit { Features = features, Label = label };
        }
    }

    private static string[] Between(string path, string begin, string end)
    {
        var lines = File.ReadLines(path).Select(line => line.Trim());
        return [.. lines.SkipWhile(line => line != begin).Skip(1).TakeWhile(line => line != end)];
    }

    private static string ReadmeFile() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../../README.md"));

    private static string SourceFile([CallerFilePath] string path = "") => path;

    private sealed class Digit
    {
        [VectorType(28 * 28)]
        public float[] Features { get; set; } = [];

        public int Label { get; set; }
    }

    private sealed class Prediction
    {
        public int PredictedDigit { get; set; }
    }
}
