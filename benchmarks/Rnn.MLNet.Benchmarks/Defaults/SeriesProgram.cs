namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>Trains on data sets of the UCR/UEA archives with nothing but the number of time steps set.</summary>
internal static class SeriesProgram
{
    public static void Run(string folder, int seeds)
    {
        MarkdownTable.Begin("set", "rows", "shape", "classes", "median accuracy", "least", "most", "seconds", "chosen");
        foreach (var set in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(set);
            string PathOf(string part) => Path.Combine(set, $"{name}_{part}.ts");
            if (!File.Exists(PathOf("TRAIN")) || !File.Exists(PathOf("TEST")))
            {
                continue;
            }

            var (training, test) = (SeriesFile.Read(PathOf("TRAIN")), SeriesFile.Read(PathOf("TEST")));
            if (training?.TimeSteps is not { } steps || test?.TimeSteps != steps)
            {
                Console.WriteLine($"| {name} | skipped: sequences of different lengths, time stamps or no classes |||||||");
                continue;
            }

            Measure(name, training, test, steps, seeds);
        }
    }

    private static void Measure(string name, SeriesFile training, SeriesFile test, int steps, int seeds)
    {
        string[] classes = [.. training.Rows.Select(row => row.Label).Distinct()];
        DefaultsRun[] runs = [.. Enumerable.Range(1, seeds).Select(seed =>
        {
            var context = new MLContext(seed);
            return DefaultsRun.Measure(context, new RnnClassifierOptions { TimeSteps = steps, Seed = seed }, View(context, training, classes), View(context, test, classes));
        })];
        var accuracies = runs.Select(run => run.Accuracy).Order().ToArray();
        MarkdownTable.Row(
            name, $"{training.Rows.Count} / {test.Rows.Count}", $"{steps} × {training.Features}", $"{classes.Length}",
            $"{accuracies[seeds / 2]:F3}", $"{accuracies[0]:F3}", $"{accuracies[^1]:F3}", $"{runs.Average(run => run.Seconds):F1}", runs[0].Chosen);
    }

    private static IDataView View(MLContext context, SeriesFile file, string[] classes)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, file.Rows[0].Features().Length);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes.Length);
        return context.Data.LoadFromEnumerable(file.Rows.Select(row => new Row { Features = row.Features(), Label = (uint)Array.IndexOf(classes, row.Label) }).ToList(), definition);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        /// <summary>The zero-based class, which ML.NET converts to a key when it reads the object.</summary>
        public uint Label { get; set; }
    }
}
