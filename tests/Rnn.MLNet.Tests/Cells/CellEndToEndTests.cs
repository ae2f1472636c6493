using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Every cell through training, scoring, the zip and ONNX, on a few noisy sequences.</summary>
public sealed class CellEndToEndTests
{
    private const int TimeSteps = 6, Features = 3, Classes = 3;

    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Trains_saves_loads_and_exports(string name)
    {
        var mlContext = new MLContext(seed: 1);
        var data = View(mlContext);
        // What the cell gives last and what it gives at each step; every second cell is read at its last output.
        var ofSteps = CellSamples.All.Keys.ToList().IndexOf(name) % 2 == 0 ? ReadOut.MeanPool : ReadOut.LastOutput;
        foreach (var (bidirectional, layers, readOut) in new[] { (false, 1, ReadOut.FinalState), (true, 2, ofSteps) })
        {
            using var model = mlContext.Transforms
                .RnnClassifier(Options(name) with { Bidirectional = bidirectional, Layers = layers, ReadOut = readOut })
                .Fit(data);
            var scores = Scores(model.Transform(data));
            Assert.True(model.History.Epochs[^1].Loss < model.History.Epochs[0].Loss);

            using var zip = new MemoryStream();
            mlContext.Model.Save(model, data.Schema, zip);
            zip.Position = 0;
            var reloaded = new MLContext().Model.Load(zip, out _);
            AssertClose(scores, Scores(reloaded.Transform(data)));
            (reloaded as IDisposable)?.Dispose();

            AssertClose(scores, OnnxScores(model, data));
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_same_seed_gives_the_same_weights_to_the_bit(string name)
    {
        var mlContext = new MLContext(seed: 1);
        var data = View(mlContext);

        Assert.Equal(Exported(mlContext, Options(name), data), Exported(mlContext, Options(name), data));
    }

    [Fact]
    public void Bfloat16_trains_every_cell()
    {
        var mlContext = new MLContext(seed: 1);
        var data = View(mlContext);
        Assert.All(CellSamples.All.Keys, name =>
        {
            using var model = mlContext.Transforms.RnnClassifier(Options(name) with { Precision = RnnPrecision.BFloat16, Layers = 2 }).Fit(data);
            Assert.True(double.IsFinite(model.History.Epochs[^1].Loss));
        });
    }

    [Fact]
    public void Recurrent_dropout_acts_in_training_and_depends_on_the_seed_alone()
    {
        var mlContext = new MLContext(seed: 1);
        var data = View(mlContext);
        var dropped = Options("layer norm, dropout");
        var kept = dropped with { Cell = (LayerNormBasicLstmCell)dropped.Cell with { DropoutKeepProb = 1 } };

        Assert.NotEqual(Exported(mlContext, dropped, data), Exported(mlContext, kept, data));
    }

    /// <summary>
    /// In blank steps before the first input the normalised values are all equal, where the derivative of the normalisation is
    /// a million. It would overflow after four of them; all MNIST digits begin so.
    /// </summary>
    [Fact]
    public void Layer_norm_trains_on_sequences_that_begin_blank()
    {
        var mlContext = new MLContext(seed: 1);
        var data = View(mlContext, blankSteps: 4);
        using var model = mlContext.Transforms.RnnClassifier(Options("layer norm") with { Epochs = 8 }).Fit(data);

        Assert.True(model.History.Epochs[^1].Loss < 0.9 * model.History.Epochs[0].Loss);
    }

    private static RnnClassifierOptions Options(string name) => new()
    {
        Cell = CellSamples.All[name],
        TimeSteps = TimeSteps,
        Epochs = 2,
        BatchSize = 20,
        LearningRate = 0.02,
        LearningRateSchedule = LearningRateSchedule.Constant,
        Threads = 2,
        Precision = RnnPrecision.Float32,
        Seed = 5,
    };

    private static byte[] Exported(MLContext mlContext, RnnClassifierOptions options, IDataView data)
    {
        using var model = mlContext.Transforms.RnnClassifier(options).Fit(data);
        return Export(model, File.ReadAllBytes);
    }

    private static T Export<T>(RnnClassifierTransformer model, Func<string, T> read)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            model.ExportOnnx(path);
            return read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[][] OnnxScores(RnnClassifierTransformer model, IDataView data)
    {
        using var session = Export(model, path => new InferenceSession(path));
        var rows = data.GetColumn<float[]>("Features").ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(rows.SelectMany(row => row).ToArray(), [rows.Length, TimeSteps, Features]);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [input], session.OutputNames);
        return [.. results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(Classes)];
    }

    private static float[][] Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score")];

    private static void AssertClose(float[][] expected, float[][] actual) =>
        Assert.All(expected.SelectMany(row => row).Zip(actual.SelectMany(row => row), (first, second) => first - second), difference =>
            Assert.InRange(difference, -1e-5f, 1e-5f));

    /// <summary>The class is the feature that is large in the second half of the sequence.</summary>
    private static IDataView View(MLContext mlContext, int blankSteps = 0)
    {
        var random = new Random(3);
        return mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i =>
        {
            var label = i % Classes;
            var features = new float[TimeSteps * Features];
            for (var t = blankSteps; t < TimeSteps; t++)
            {
                for (var k = 0; k < Features; k++)
                {
                    features[t * Features + k] = random.NextSingle() + (t >= TimeSteps / 2 && k == label ? 1 : 0);
                }
            }

            return new Row { Features = features, Label = (uint)label };
        }).ToList());
    }

    private sealed class Row
    {
        [VectorType(6 * 3)]
        public float[] Features { get; set; } = [];

        [KeyType(Classes)]
        public uint Label { get; set; }
    }
}
