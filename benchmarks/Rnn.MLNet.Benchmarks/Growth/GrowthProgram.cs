namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Implements --growth.</summary>
internal static class GrowthProgram
{
    public static void Run(GrowthOptions options)
    {
        var clock = Stopwatch.StartNew();
        var rows = new List<ResultRow>();
        if (options.From is not null)
        {
            rows.AddRange(ResultJson.Read(options.From));
        }
        else
        {
            Describe();
            GrowthContest.WarmUp();
        }

        var runner = new ContestRunner(
            new Comparison.CompareOptions(options.Rounds, options.RoundTime, new Selection([]), JsonPath: null, MarkdownPath: null),
            line => Console.Error.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {line}"));
        foreach (var dimension in options.Dimensions)
        {
            if (options.From is null)
            {
                rows.AddRange(runner.Run(GrowthContest.Create(dimension)));
                rows.AddRange(runner.Run(GrowthMemoryContest.Create(dimension)));
            }

            Show(options, dimension, rows);
        }

        if (options.From is null)
        {
            Console.WriteLine($"\nMeasured in {clock.Elapsed:hh\\:mm\\:ss}.");
        }
    }

    private static void Describe()
    {
        Console.WriteLine(MachineDescription.Text);
        if (MachineLoad.Warning() is { } load)
        {
            Console.WriteLine($"warning: {load}");
        }

        var point = GrowthPoint.Base;
        Console.WriteLine(
            $"The base: LSTM({point.Units}), {point.Layers} layer, {point.Steps} time steps of {point.Features} features, {GrowthPoint.Classes} classes, "
            + $"minibatches of {point.BatchSize}, {point.Threads} threads, float32. A PredictionEngine works on one thread.");
    }

    /// <summary>Shows the rows measured so far, so that an interrupted run keeps them.</summary>
    private static void Show(GrowthOptions options, GrowthDimension dimension, IReadOnlyList<ResultRow> rows)
    {
        var results = new GrowthResults(rows);
        GrowthTable.Print(dimension, results);
        if (options.JsonPath is not null)
        {
            ResultJson.Write(options.JsonPath, rows);
        }

        if (options.SvgFolder is not null)
        {
            GrowthPicture.DrawAll(dimension, results, options.SvgFolder);
        }
    }
}
