namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>A task that trains in a few milliseconds, with non-ASCII class names.</summary>
internal static class SmallTask
{
    public const int TimeSteps = 4;
    public const int Values = 2;

    private static readonly string[] Classes = ["grün", "красный", "青", "plain"];

    public static readonly RnnClassifierOptions Options = new()
    {
        Cell = new BasicLstmCell(4),
        BatchSize = 12,
        Epochs = 2,
        LearningRate = 0.03,
        Precision = RnnPrecision.Float32,
        Seed = 1,
        Threads = 1,
    };

    public static Row[] Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, TimeSteps * Values).Select(_ => random.NextSingle() + i % Classes.Length * 0.5f)],
            Label = Classes[i % Classes.Length],
        })];
    }

    public static IDataView Text(MLContext context, int count, int seed = 1) => context.Data.LoadFromEnumerable(Rows(count, seed));

    public static IDataView Keyed(MLContext context, int count, int seed = 1) =>
        context.Transforms.Conversion.MapValueToKey("Label").Fit(Text(context, Classes.Length)).Transform(Text(context, count, seed));

    public static RnnClassifierTransformer Fit(RnnClassifierOptions options, int rows = 24)
    {
        var context = new MLContext(seed: 1);
        return context.Transforms.RnnClassifier(options).Fit(Keyed(context, rows));
    }

    /// <summary>Returns the exact outputs of a model for eight rows, as text.</summary>
    public static string Answer(ITransformer model)
    {
        var context = new MLContext(seed: 1);
        var scored = model.Transform(Text(context, 8, seed: 2));
        VBuffer<ReadOnlyMemory<char>> slots = default, names = default;
        scored.Schema["Score"].GetSlotNames(ref slots);
        scored.Schema["PredictedLabel"].GetKeyValues(ref names);
        return string.Join(' ', scored.GetColumn<float[]>("Score").SelectMany(scores => scores).Select(score => score.ToString("R", CultureInfo.InvariantCulture)))
            + "; " + string.Join(' ', scored.GetColumn<uint>("PredictedLabel"))
            + "; " + string.Join(' ', slots.DenseValues().Concat(names.DenseValues()));
    }

    internal sealed class Row
    {
        [VectorType(TimeSteps, Values)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
