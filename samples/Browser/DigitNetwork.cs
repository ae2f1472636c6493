using Microsoft.ML.Transforms;

namespace Browser;

/// <summary>Trains the network on MNIST, as the sample Mnist does.</summary>
internal static class DigitNetwork
{
    private const int Units = 128;

    public static ExportedNetwork Train(BrowserOptions options, CancellationToken stop)
    {
        string folder = options.DataFolder ?? MnistDataSet.FindFolder();
        var trainSet = MnistDataSet.ReadTraining(folder);
        var testSet = MnistDataSet.ReadTest(folder);
        var mlContext = new MLContext(seed: 1);
        var train = mlContext.Data.LoadFromEnumerable(trainSet.Digits());
        Console.WriteLine($"training           {trainSet.Count:N0} images from {folder}");
        using var model = mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.Transforms.RnnClassifier(new RnnClassifierOptions
            {
                TimeSteps = Digit.Side,
                Cell = new BasicLstmCell(Units),
                ScoresOverTimeColumnName = nameof(DigitPrediction.OverTime),
                Epochs = options.Epochs,
                Seed = 1,
                Progress = new ConsoleProgress(),
                CancellationToken = stop,
            }))
            .Fit(train);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(mlContext.Data.LoadFromEnumerable(testSet.Digits())));
        Console.WriteLine($"micro-accuracy     {metrics.MicroAccuracy:P2} of {testSet.Count:N0} test images");
        return ExportedNetwork.Of(model.LastTransformer);
    }
}
