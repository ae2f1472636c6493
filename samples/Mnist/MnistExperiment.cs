using System.Diagnostics;
using Microsoft.ML.Transforms;

namespace Mnist;

/// <summary>
/// Loads the data, trains, saves and evaluates the model, then reloads and evaluates it again. If training is cancelled, the weights so far are
/// saved.
/// </summary>
internal static class MnistExperiment
{
    public static void Run(MnistOptions options, CancellationToken stop)
    {
        var trainSet = MnistDataSet.ReadTraining(options.DataFolder, options.Limit);
        var testSet = MnistDataSet.ReadTest(options.DataFolder);
        Report.Data(options, trainSet.Count, testSet.Count);

        var mlContext = new MLContext(options.Seed);
        var train = mlContext.Data.LoadFromEnumerable(trainSet.Digits());
        var test = mlContext.Data.LoadFromEnumerable(testSet.Digits());

        var watch = Stopwatch.StartNew();
        var model = Pipeline(mlContext, options, stop).Fit(train);
        watch.Stop();
        using var network = model.OfType<RnnClassifierTransformer>().Single();
        model.SaveTo(options.ModelPath, train.Schema);
        if (options.OnnxPath is not null)
        {
            network.ExportOnnx(options.OnnxPath);
        }

        if (network.History.Canceled)
        {
            Report.Stopped(network.History, options);
            throw new OperationCanceledException(stop);
        }

        // Cached because it is used twice: for the metrics and to compare with the reloaded model.
        var scored = mlContext.Data.Cache(model.Transform(test), "Label", "Score", "PredictedLabel");
        var metrics = mlContext.MulticlassClassification.Evaluate(scored);
        Report.Metrics(metrics, Classes(scored), watch.Elapsed, network.History);

        // A new context, as in another process: the loaded model needs nothing but the zip.
        var otherContext = new MLContext();
        var reloaded = otherContext.Model.Load(options.ModelPath, out _);
        var rescored = otherContext.Data.Cache(reloaded.Transform(test), "Label", "Score", "PredictedLabel");
        var result = new MnistResult
        {
            Cell = options.Cell,
            Epochs = network.History.Epochs.Count,
            BatchSize = network.History.BatchSize,
            Seed = options.Seed,
            TrainRows = trainSet.Count,
            TestRows = testSet.Count,
            TrainSeconds = watch.Elapsed.TotalSeconds,
            RowsPerSecond = (double)(trainSet.Count - network.History.ValidationRows) * network.History.Epochs.Count / watch.Elapsed.TotalSeconds,
            MicroAccuracy = metrics.MicroAccuracy,
            MacroAccuracy = metrics.MacroAccuracy,
            LogLoss = metrics.LogLoss,
            ReloadedMicroAccuracy = otherContext.MulticlassClassification.Evaluate(rescored).MicroAccuracy,
            ReloadedMaxScoreDifference = MaxScoreDifference(scored, rescored),
            ModelBytes = new FileInfo(options.ModelPath).Length,
        };
        Report.Reloaded(result, options);

        using var engine = otherContext.Model.CreatePredictionEngine<Digit, DigitPrediction>(reloaded);
        Report.Digits(testSet.Digits(), engine.Predict, Classes(scored));

        if (options.JsonPath is not null)
        {
            result.Write(options.JsonPath);
        }
    }

    private static IEstimator<TransformerChain<KeyToValueMappingTransformer>> Pipeline(
        MLContext mlContext, MnistOptions options, CancellationToken stop)
    {
        return mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.Transforms.RnnClassifier(new RnnClassifierOptions
            {
                TimeSteps = Digit.Side,
                Cell = Cell(options),
                Layers = options.Layers,
                Bidirectional = options.Bidirectional,
                // A network that also reads from the bottom up has no opinion until it has seen the last row.
                ScoresOverTimeColumnName = options.Bidirectional ? null : nameof(DigitPrediction.OverTime),
                Epochs = options.Epochs,
                BatchSize = options.BatchSize,
                Seed = options.Seed,
                Threads = options.Threads,
                Progress = new ConsoleProgress(),
                CancellationToken = stop,
                OnCancel = OnCancel.KeepBest,
            }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedDigit", "PredictedLabel"));
    }

    private static RnnCell Cell(MnistOptions options) => options.Cell switch
    {
        "rnn" => new BasicRnnCell(options.Units),
        "lstm" => new BasicLstmCell(options.Units),
        "gru" => new GruCell(options.Units),
        _ => throw new ArgumentException($"Unknown cell '{options.Cell}'."),
    };

    /// <summary>Returns the digits in the order of their keys; with --limit, some may be missing.</summary>
    private static int[] Classes(IDataView scored)
    {
        var digits = default(VBuffer<int>);
        scored.Schema["PredictedLabel"].GetKeyValues(ref digits);
        return [.. digits.DenseValues()];
    }

    private static double MaxScoreDifference(IDataView one, IDataView other)
    {
        return one.GetColumn<float[]>("Score").Zip(other.GetColumn<float[]>("Score"))
            .Max(rows => rows.First.Zip(rows.Second).Max(scores => Math.Abs((double)scores.First - scores.Second)));
    }
}
