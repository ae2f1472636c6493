namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>A few random rows. Most data sets are valid, some have faults that occur in users' data.</summary>
internal sealed class RandomData
{
    private static readonly string[] Names = ["a", "ä", "日本", "", " ", "a,b", "\"q\"", "-1", "😀"];

    private readonly string _features, _weights;

    private RandomData(int timeSteps, int features, string featureFault, string weightFault, List<Row> rows)
    {
        (TimeSteps, _features, _weights, Rows) = (timeSteps, featureFault, weightFault, rows);
        Definition = SchemaDefinition.Create(typeof(Row));
        Definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, timeSteps, features);
    }

    public int TimeSteps { get; }

    public List<Row> Rows { get; }

    public SchemaDefinition Definition { get; }

    public static RandomData Draw(Random random)
    {
        var (timeSteps, features) = (random.Next(1, 6), random.Next(1, 5));
        var classes = random.Next(10) == 0 ? 1 : random.Next(2, 6);
        var count = random.Next(10) == 0 ? random.Next(5) : random.Next(5, 40);
        string featureFault = Pick(random, 0.7, "plain", "NaN", "infinity", "huge", "null", "short", "long", "constant");
        string weightFault = Pick(random, 0.7, "one", "zero", "huge", "negative", "NaN", "mixed");
        var rows = Enumerable.Range(0, count).Select(row => new Row
        {
            Features = Faulty(random, [.. Enumerable.Range(0, timeSteps * features).Select(_ => random.NextSingle() - 0.5f)], featureFault),
            Label = Names[row % classes],
            Weight = weightFault switch
            {
                "zero" => 0,
                "huge" => 1e30f,
                "negative" => -1,
                "NaN" => float.NaN,
                "mixed" => random.Next(4),
                _ => 1,
            },
        });
        return new RandomData(timeSteps, features, featureFault, weightFault, [.. rows]);
    }

    public IDataView View(MLContext context) => context.Data.LoadFromEnumerable(Rows, Definition);

    public override string ToString() => $"{Rows.Count} rows, {TimeSteps} steps, features {_features}, weights {_weights}";

    private static float[] Faulty(Random random, float[] values, string fault)
    {
        if (fault is "constant")
        {
            return [.. values.Select(_ => 0f)];
        }

        if (random.Next(3) > 0)
        {
            return values;
        }

        var place = random.Next(values.Length);
        values[place] = fault switch { "NaN" => float.NaN, "infinity" => float.NegativeInfinity, "huge" => 1e20f, _ => values[place] };
        return fault switch { "null" => null!, "short" => values[..place], "long" => [.. values, 1f], _ => values };
    }

    private static string Pick(Random random, double common, params ReadOnlySpan<string> values) =>
        random.NextDouble() < common ? values[0] : values[random.Next(values.Length)];

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public float Weight { get; set; }
    }
}
