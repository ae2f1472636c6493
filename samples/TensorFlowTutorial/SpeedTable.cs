using System.Diagnostics;

namespace TensorFlowTutorial;

/// <summary>
/// Measures the training and scoring speed of each cell and prints a Markdown table for README.md. The cells take turns, round by round, so
/// other load on the machine affects all of them. The table shows the median of the rounds, and the median ratio to the LSTM in the same
/// round.
/// </summary>
internal static class SpeedTable
{
    private const int TrainingRows = 40 * Tutorial.BatchSize;
    private const int ScoringRows = 5_000;

    public static void Run(string dataFolder, int rounds, int seed)
    {
        var mlContext = new MLContext(seed);
        var train = Load(mlContext, MnistDataSet.ReadTraining(dataFolder, TrainingRows));
        var test = Load(mlContext, MnistDataSet.ReadTraining(dataFolder, ScoringRows));
        CellChoice[] cells = [CellChoice.Default, .. CellChoice.All.Where(choice => choice != CellChoice.Default), .. CellChoice.Extended];
        var training = cells.Select(_ => new double[rounds]).ToArray();
        var scoring = cells.Select(_ => new double[rounds]).ToArray();
        // The first round is a warm-up.
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var (trained, scored) = Measure(mlContext, cells[i].Cell, seed, train, test);
                if (round >= 0)
                {
                    (training[i][round], scoring[i][round]) = (trained, scored);
                }
            }
        }

        Console.WriteLine("| cell | training, rows/s | ratio to the LSTM | scoring, rows/s | ratio to the LSTM |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var i = 0; i < cells.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {cells[i].Name} | {Median(training[i]):N0} | {Median(Ratios(training[i], training[0])):F2} | {Median(scoring[i]):N0} | {Median(Ratios(scoring[i], scoring[0])):F2} |"));
        }
    }

    private static (double Training, double Scoring) Measure(MLContext mlContext, RnnCell cell, int seed, IDataView train, IDataView test)
    {
        using var model = mlContext.Transforms.RnnClassifier(new RnnClassifierOptions
        {
            TimeSteps = Digit.Side,
            Cell = cell,
            Epochs = 1,
            BatchSize = Tutorial.BatchSize,
            Seed = seed,
            Precision = RnnPrecision.Float32,
        }).Fit(train);
        var clock = Stopwatch.StartNew();
        _ = model.Transform(test).GetColumn<float[]>("Score").Last();
        return (model.History.Epochs[0].SamplesPerSecond, ScoringRows / clock.Elapsed.TotalSeconds);
    }

    private static IDataView Load(MLContext mlContext, MnistDataSet images)
    {
        var view = mlContext.Data.LoadFromEnumerable(images.Digits().ToList());
        return mlContext.Data.Cache(mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view));
    }

    private static double[] Ratios(double[] values, double[] to) => [.. values.Zip(to, (value, reference) => value / reference)];

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
