using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Prints the table of a dimension: one line for each value.</summary>
internal static class GrowthTable
{
    private static readonly (string Metric, string Title, Func<ResultRow, string> Cell)[] Columns =
    [
        .. GrowthQuantity.All.SelectMany(quantity => new (string, string, Func<ResultRow, string>)[]
        {
            (quantity.Name, $"{quantity.Title}, {quantity.Unit}", Median),
            (quantity.Arithmetic, $"{quantity.Title}, GFLOP/s", row => string.Create(CultureInfo.InvariantCulture, $"{row.Median:F1} ({100 * row.Ratio:F0} %)")),
        }),
        (GrowthMemoryContest.FitPeak, "Fit, peak of the process, MB", Median),
        (GrowthMemoryContest.TransformPeak, "Transform, peak of the process, MB", Median),
        (GrowthMemoryContest.TransformLive, "Transform, live managed memory, MB", Median),
        (GrowthMemoryContest.Zip, "zip, MB", Median),
    ];

    public static void Print(GrowthDimension dimension, GrowthResults results)
    {
        var values = results.Values(dimension);
        if (values.Count == 0)
        {
            return;
        }

        var columns = Columns.Where(column => results.Find(dimension, column.Metric, values[0]) is not null).ToList();
        MarkdownTable.Begin([dimension.Title, .. columns.Select(column => column.Title)]);
        foreach (var value in values)
        {
            MarkdownTable.Row(
            [
                value.ToString("N0", CultureInfo.InvariantCulture),
                .. columns.Select(column => results.Find(dimension, column.Metric, value) is { } row ? column.Cell(row) : ""),
            ]);
        }

        var peak = results.Find(dimension, dimension.Quantities[0].Arithmetic, GemmContest.MultiplyAdd);
        Console.WriteLine($"\nMultiply-add peak of all cores, measured in the same rounds: {Figure.Value(peak?.Median)} GFLOP/s = 100 %.");
    }

    private static string Median(ResultRow row) => Figure.Value(row.Median);
}
