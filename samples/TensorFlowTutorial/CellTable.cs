using Microsoft.ML.Transforms;

namespace TensorFlowTutorial;

/// <summary>Trains each of the five cells with Adam, evaluates the model and its reloaded zip, and prints a Markdown table for README.md.</summary>
internal static class CellTable
{
    public static void Run(string dataFolder, int epochs, int seed, CancellationToken stop)
    {
        Console.WriteLine("| cell | accuracy, % | log-loss | accuracy from the zip, % | zip, KB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var choice in CellChoice.All)
        {
            var mlContext = new MLContext(seed);
            var train = mlContext.Data.LoadFromEnumerable(MnistDataSet.ReadTraining(dataFolder).Digits());
            var test = mlContext.Data.LoadFromEnumerable(MnistDataSet.ReadTest(dataFolder).Digits());
            var trainer = mlContext.Transforms.RnnClassifier(new RnnClassifierOptions
            {
                TimeSteps = Digit.Side,
                Cell = choice.Cell,
                Epochs = epochs,
                Seed = seed,
                Precision = RnnPrecision.Float32,
                CancellationToken = stop,
            });
            using var model = mlContext.Transforms.Conversion
                .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Append(trainer)
                .Fit(train);
            var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test));

            using var zip = new MemoryStream();
            mlContext.Model.Save(model, train.Schema, zip);
            var bytes = zip.Length;
            zip.Position = 0;
            var reloaded = new MLContext().Model.Load(zip, out _);
            var again = mlContext.MulticlassClassification.Evaluate(reloaded.Transform(test));
            (reloaded as IDisposable)?.Dispose();

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {choice.Name} | {100 * metrics.MicroAccuracy:F2} | {metrics.LogLoss:F4} | {100 * again.MicroAccuracy:F2} | {bytes / 1000.0:N0} |"));
        }
    }
}
