namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>
/// Fits random options on random rows. The model, a second fit, the zip and the engine must agree, or a documented error is thrown.
/// </summary>
internal sealed class OptionsTarget : IFuzzTarget
{
    private const float Tolerance = 1e-5f;

    private readonly string _zip = Path.Combine(Path.GetTempPath(), $"rnn-fuzz-{Guid.NewGuid():N}.zip");

    public FuzzResult Try(Random random)
    {
        var data = RandomData.Draw(random);
        var options = RandomOptions.Draw(random, data);
        var input = $"{data}; {options.Cell}, {options.Layers} layers, {options.Optimizer}, batches of {options.BatchSize}";
        try
        {
            return Try(data, options) is { } difference ? new(FuzzOutcome.Wrong, $"{input}: {difference}") : new(FuzzOutcome.Right, input);
        }
        catch (Exception exception)
        {
            var isClear = exception is InvalidOperationException or ArgumentException and not ArgumentNullException && exception.Message.Length > 20;
            return FuzzResult.Of(isClear ? FuzzOutcome.Refused : FuzzOutcome.Unclear, input, exception);
        }
    }

    public void Dispose() => File.Delete(_zip);

    /// <summary>Returns a description of the first difference; null if all scores agree.</summary>
    private string? Try(RandomData data, RnnClassifierOptions options)
    {
        var context = new MLContext(seed: 1);
        var estimator = context.Transforms.RnnClassifier(options);
        var keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(data.View(context)).Transform(data.View(context));
        using var model = estimator.Fit(keyed);
        using var again = estimator.Fit(keyed);
        var scores = Scores(model.Transform(keyed));
        context.Model.Save(model, keyed.Schema, _zip);
        var loaded = context.Model.Load(_zip, out _);
        using var disposable = loaded as IDisposable;
        using var engine = context.Model.CreatePredictionEngine<RandomData.Row, Scored>(
            context.Transforms.Conversion.MapValueToKey("Label").Fit(data.View(context)).Append(model),
            new PredictionEngineOptions { InputSchemaDefinition = data.Definition, OwnsTransformer = false });
        return Difference("a second Fit", scores, Scores(again.Transform(keyed)), 0)
            ?? Difference("the zip", scores, Scores(loaded.Transform(keyed)), Tolerance)
            ?? Difference("the engine", scores, [.. data.Rows.Select(row => engine.Predict(row).Score)], Tolerance);
    }

    private static float[][] Scores(IDataView view) => [.. view.GetColumn<float[]>("Score")];

    private static string? Difference(string name, float[][] expected, float[][] actual, float tolerance)
    {
        if (expected.Length != actual.Length)
        {
            return $"{name} gives {actual.Length} rows for {expected.Length}";
        }

        for (var row = 0; row < expected.Length; row++)
        {
            var pairs = expected[row].Zip(actual[row]);
            if (expected[row].Length != actual[row].Length || pairs.Any(pair => !Agree(pair.First, pair.Second, tolerance)))
            {
                return $"{name} gives [{string.Join(", ", actual[row])}] for [{string.Join(", ", expected[row])}] in row {row}";
            }
        }

        return null;
    }

    private static bool Agree(float first, float second, float tolerance) =>
        float.IsNaN(first) ? float.IsNaN(second) : Math.Abs(first - second) <= tolerance;

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
