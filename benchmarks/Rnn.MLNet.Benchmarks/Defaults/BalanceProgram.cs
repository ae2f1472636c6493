namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>
/// Trains on generated sequences of which one in a hundred belongs to the rare class: noise that carries a short pulse. In the other class some
/// pulses occur by chance, so the classes overlap.
/// </summary>
internal static class BalanceProgram
{
    private const int TimeSteps = 30;
    private const int Rows = 4_000;
    private const int Rare = 100;
    private const double FalsePulses = 0.03;

    public static void Run(int seeds)
    {
        MarkdownTable.Begin("class weights", "accuracy", "recall of the rare class", "its precision", "log-loss", "log-loss, balanced rows");
        foreach (var weights in (ClassWeights[])[ClassWeights.None, ClassWeights.Balanced])
        {
            var runs = Enumerable.Range(1, seeds).Select(seed =>
            {
                var context = new MLContext(seed);
                var options = new RnnClassifierOptions { TimeSteps = TimeSteps, Cell = new GruCell(32), ClassWeights = weights, Seed = seed };
                return DefaultsRun.Measure(context, options, View(context, seed), View(context, 1000 + seed)).Metrics;
            }).ToList();
            MarkdownTable.Row(
                $"{weights}", $"{runs.Average(run => run.MicroAccuracy):F3}", $"{runs.Average(run => run.ConfusionMatrix.PerClassRecall[1]):F3}",
                $"{runs.Average(run => run.ConfusionMatrix.PerClassPrecision[1]):F3}", $"{runs.Average(run => run.LogLoss):F3}",
                $"{runs.Average(run => run.PerClassLogLoss.Average()):F3}");
        }
    }

    private static IDataView View(MLContext context, int seed)
    {
        var random = new Random(seed);
        return context.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => Sequence(random, row % Rare == 0)).ToList());
    }

    private static Row Sequence(Random random, bool isRare)
    {
        var values = new float[TimeSteps];
        for (var step = 0; step < TimeSteps; step++)
        {
            values[step] = (random.NextSingle() - 0.5f) * 2;
        }

        if (isRare || random.NextDouble() < FalsePulses)
        {
            var start = random.Next(TimeSteps - 3);
            for (var step = start; step < start + 3; step++)
            {
                values[step] += isRare ? 1.5f : 1;
            }
        }

        return new Row { Features = values, Label = isRare ? 1u : 0 };
    }

    private sealed class Row
    {
        [VectorType(TimeSteps)]
        public float[] Features { get; set; } = [];

        /// <summary>The zero-based class, which ML.NET converts to a key when it reads the object.</summary>
        [KeyType(2)]
        public uint Label { get; set; }
    }
}
