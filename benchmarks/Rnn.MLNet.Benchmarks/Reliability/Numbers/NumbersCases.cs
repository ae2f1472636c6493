using System.Text;

namespace Rnn.MLNet.Benchmarks.Reliability.Numbers;

/// <summary>
/// Small training runs with every cell, one or two directions and two optimisers, on cached and on streamed rows, with dropout, early stopping
/// and example weights.
/// </summary>
internal static class NumbersCases
{
    private const int Steps = 6, Width = 3, Count = 150;

    private static readonly (string Name, RnnCell Cell)[] Cells =
    [
        ("RNN", new BasicRnnCell(10)),
        ("RNN-ReLU", new BasicRnnCell(10) { Activation = RnnActivation.Relu }),
        ("LSTM", new BasicLstmCell(10)),
        ("GRU", new GruCell(10)),
        ("GRU-reset-before", new GruCell(10) { ResetAfter = false }),
        ("LSTM-extended", new LstmCell(10) { UsePeepholes = true, CellClip = 2, ProjectionSize = 7, ProjectionClip = 1 }),
        ("LSTM-peepholes", new LstmCell(10) { UsePeepholes = true }),
        ("LSTM-layer-norm", new LayerNormBasicLstmCell(10) { DropoutKeepProb = 0.8 }),
        ("LSTM-dropout", new LayerNormBasicLstmCell(10) { LayerNorm = false, DropoutKeepProb = 0.8 }),
    ];

    public static IEnumerable<(string Name, RnnClassifierOptions Options)> All() =>
        from cell in Cells
        from bidirectional in new[] { false, true }
        from optimizer in new[] { OptimizerKind.Adam, OptimizerKind.Sgd }
        from cache in new[] { CacheRows.All, CacheRows.None }
        select ($"{cell.Name} {(bidirectional ? "two-directions" : "one-direction")} {optimizer} {(cache == CacheRows.All ? "cached" : "streamed")}", new RnnClassifierOptions
        {
            Cell = cell.Cell,
            Bidirectional = bidirectional,
            Optimizer = optimizer,
            CacheRows = cache,
            // Varies the read-out and the number of layers with the other options, which covers all of them without more runs.
            ReadOut = optimizer == OptimizerKind.Adam ? ReadOut.FinalState : bidirectional ? ReadOut.MeanPool : ReadOut.LastOutput,
            Layers = bidirectional ? 1 : 2,
            ExampleWeightColumnName = optimizer == OptimizerKind.Adam ? "Weight" : null,
            Dropout = 0.2,
            WeightDecay = 0.001,
            BatchSize = 32,
            Epochs = 4,
            ValidationFraction = 0.25,
            EarlyStoppingPatience = 2,
            Precision = RnnPrecision.Float32,
            Device = RnnDevice.Cpu,
            Seed = 7,
            Threads = 2,
            Shards = 2,
        });

    public static RnnClassifierTransformer Fit(RnnClassifierOptions options)
    {
        var context = new MLContext(seed: 1);
        return context.Transforms.RnnClassifier(options).Fit(Rows(context));
    }

    public static IDataView Rows(MLContext context)
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, Count).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Steps * Width).Select(step => random.NextSingle() - 0.5f + i % 3 * 0.3f * (step % 2))],
            Label = "abc"[i % 3].ToString(),
            Weight = 0.5f + i % 4,
        }).ToList();
        var data = context.Data.LoadFromEnumerable(rows);
        return context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    public static float[] Scores(ITransformer model)
    {
        var context = new MLContext(seed: 1);
        return [.. model.Transform(Rows(context)).GetColumn<float[]>("Score").SelectMany(scores => scores)];
    }

    /// <summary>Returns the exported network without the library version and without the checksum, which depends on it.</summary>
    public static byte[] Onnx(RnnClassifierTransformer model)
    {
        var path = Path.GetTempFileName();
        try
        {
            model.ExportOnnx(path);
            var bytes = File.ReadAllBytes(path)[..^76];
            var version = typeof(RnnClassifierOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            var place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(version));
            bytes.AsSpan(place, version.Length).Clear();
            return bytes;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static byte[] History(RnnClassifierTransformer model) => Encoding.UTF8.GetBytes(string.Join('\n', model.History.Epochs.Select(epoch =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch.Epoch} {epoch.Loss:R} {epoch.Accuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R} {epoch.LearningRate:R}"))
        .Append($"{model.History.BestEpoch} {model.History.Steps} {model.History.StoppedEarly}")));

    internal sealed class Row
    {
        [VectorType(Steps, Width)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public float Weight { get; set; }
    }
}
