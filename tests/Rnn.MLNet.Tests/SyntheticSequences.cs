using Microsoft.ML.Transforms;

namespace Rnn.MLNet.Tests;

/// <summary>
/// A task that needs memory: the first step of a sequence tells its colour, all later steps are noise. And what the tests of
/// this project train on it, small enough for a fit to take some tens of milliseconds.
/// </summary>
internal static class SyntheticSequences
{
    public const int TimeSteps = 6;
    public const int Values = 2;
    public const int Length = TimeSteps * Values;

    /// <summary>The classes, in the order of their keys.</summary>
    public static readonly string[] Colours = ["blue", "green", "red"];

    /// <summary>One thread, a fixed seed, and quick to learn with.</summary>
    public static readonly RnnClassifierOptions Options = new()
    {
        Cell = new BasicLstmCell(6),
        BatchSize = 16,
        Epochs = 2,
        LearningRate = 0.03,
        Precision = RnnPrecision.Float32,
        Seed = 1,
        Threads = 1,
    };

    /// <summary>Rows of the colours in turn. Another seed gives other noise.</summary>
    public static IEnumerable<Sequence<string>> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return new Sequence<string> { Features = Features(i % Colours.Length, random), Label = Colours[i % Colours.Length] };
        }
    }

    /// <summary>Rows whose label is made of the number of their colour.</summary>
    public static List<Sequence<T>> Relabelled<T>(int count, Func<int, T> label) =>
        [.. Rows(count).Select((row, i) => new Sequence<T> { Features = row.Features, Label = label(i % Colours.Length) })];

    /// <summary>A view with text labels.</summary>
    public static IDataView Text(MLContext context, int count, int seed = 1) => context.Data.LoadFromEnumerable(Rows(count, seed).ToList());

    /// <summary>A view with labels as keys of the three colours; any other label is missing.</summary>
    public static IDataView Keyed(MLContext context, int count, int seed = 1) => Keyed(context, Rows(count, seed));

    /// <inheritdoc cref="Keyed(MLContext, int, int)"/>
    public static IDataView Keyed(MLContext context, IEnumerable<Sequence<string>> rows, params int[] dimensions)
    {
        var definition = SchemaDefinition.Create(typeof(Sequence<string>));
        if (dimensions.Length > 0)
        {
            definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        }

        return context.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(Text(context, Colours.Length))
            .Transform(context.Data.LoadFromEnumerable(rows.ToList(), definition));
    }

    /// <summary>Trains on keyed rows with a context of its own.</summary>
    public static RnnClassifierTransformer Fit(RnnClassifierOptions options, int rows = 96)
    {
        var context = new MLContext(seed: 1);
        return context.Transforms.RnnClassifier(options).Fit(Keyed(context, rows));
    }

    private static float[] Features(int colour, Random random)
    {
        var values = new float[Length];
        for (var i = 0; i < Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        var (sin, cos) = MathF.SinCos(2 * MathF.PI * colour / Colours.Length);
        values[0] += 1.5f * cos;
        values[1] += 1.5f * sin;
        return values;
    }
}
