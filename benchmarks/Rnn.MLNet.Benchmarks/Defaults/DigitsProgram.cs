using Rnn.MLNet.Benchmarks.Data;

namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>Trains on MNIST with the defaults, with pixels from 0 to 1 and with the same pixels from 0 to 255.</summary>
internal static class DigitsProgram
{
    public static void Run(int limit, int seeds)
    {
        MarkdownTable.Begin("pixels", "images", "mean accuracy", "least", "most", "seconds", "chosen");
        foreach (var range in (int[])[1, 255])
        {
            var (training, test) = (Scaled(MnistRows.Training(limit), range), Scaled(MnistRows.Test(10_000), range));
            DefaultsRun[] runs = [.. Enumerable.Range(1, seeds).Select(seed =>
            {
                var context = new MLContext(seed);
                var options = new RnnClassifierOptions { FeatureColumnName = LabelledSequence.FeatureColumn, Seed = seed };
                return DefaultsRun.Measure(context, options, context.Data.LoadFromEnumerable(training), context.Data.LoadFromEnumerable(test));
            })];
            MarkdownTable.Row(
                $"0 to {range}", $"{training.Length:N0}", $"{100 * runs.Average(run => run.Accuracy):F2} %", $"{100 * runs.Min(run => run.Accuracy):F2}",
                $"{100 * runs.Max(run => run.Accuracy):F2}", $"{runs.Average(run => run.Seconds):F1}", runs[0].Chosen);
        }
    }

    private static LabelledSequence[] Scaled(MnistRows rows, int range) =>
        [.. rows.Sequences.Select(row => new LabelledSequence { Features = [.. row.Features.Select(value => range * value)], Label = row.Label })];
}
