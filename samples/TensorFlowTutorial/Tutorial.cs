using System.Diagnostics;
using Microsoft.ML.Transforms;

namespace TensorFlowTutorial;

/// <summary>The tutorial's two programs, with the same settings.</summary>
internal static class Tutorial
{
    public const int BatchSize = 128;

    // The tutorial's data loader sets aside the first 5,000 images for validation, but never uses them.
    private const int SetAside = 5_000;
    private const int TestImages = 128;
    private const int DisplayStep = 200;

    public static void Run(TutorialOptions options, CancellationToken stop)
    {
        var mlContext = new MLContext(options.Seed);
        var training = MnistDataSet.ReadTraining(options.DataFolder);
        var train = mlContext.Data.LoadFromEnumerable(training.Digits().Skip(SetAside));
        var test = mlContext.Data.LoadFromEnumerable(MnistDataSet.ReadTest(options.DataFolder).Digits());

        var printed = new SortedDictionary<long, (double Loss, double Accuracy)>();
        var pipeline = mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.Transforms.RnnClassifier(Network(options) with
            {
                Epochs = Epochs(options.Steps, training.Count - SetAside),
                CancellationToken = stop,
                OnCancel = OnCancel.KeepBest,
                Progress = new StepPrinter(DisplayStep, printed),
            }));

        var clock = Stopwatch.StartNew();
        using var model = pipeline.Fit(train);
        var seconds = clock.Elapsed.TotalSeconds;
        var history = model.LastTransformer.History;
        Console.WriteLine(history.Canceled ? $"Stopped at step {history.Steps}; testing the weights so far." : "Optimization Finished!");

        var scored = model.Transform(test);
        var first = mlContext.MulticlassClassification.Evaluate(mlContext.Data.TakeRows(scored, TestImages));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Testing Accuracy: {(float)first.MicroAccuracy}"));

        var metrics = mlContext.MulticlassClassification.Evaluate(scored);
        Console.WriteLine();
        Console.WriteLine("On all 10,000 test images, evaluated by ML.NET:");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"micro-accuracy {metrics.MicroAccuracy:F4}, macro-accuracy {metrics.MacroAccuracy:F4}, log-loss {metrics.LogLoss:F4}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"trained in {seconds:F0} s, {history.Steps * BatchSize / seconds:N0} rows/s"));

        if (options.JsonPath is { } path)
        {
            new TutorialResult
            {
                Cell = options.Cell.Name,
                Bidirectional = options.Bidirectional,
                Seed = options.Seed,
                Steps = history.Steps,
                TrainSeconds = seconds,
                TestingAccuracy128 = first.MicroAccuracy,
                MicroAccuracy = metrics.MicroAccuracy,
                MacroAccuracy = metrics.MacroAccuracy,
                LogLoss = metrics.LogLoss,
                LossAtStep = printed.ToDictionary(step => step.Key, step => step.Value.Loss),
                AccuracyAtStep = printed.ToDictionary(step => step.Key, step => step.Value.Accuracy),
            }.Write(path);
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Returns the options of the network and its training, without the number of epochs.</summary>
    private static RnnClassifierOptions Network(TutorialOptions options) => new()
    {
        TimeSteps = Digit.Side,
        Cell = options.Cell.Cell,
        Bidirectional = options.Bidirectional,
        ReadOut = ReadOut.LastOutput,
        OutputInitializer = WeightInitializer.StandardNormal,
        Optimizer = options.Optimizer,
        LearningRate = options.LearningRate,
        LearningRateSchedule = LearningRateSchedule.Constant,
        GradientClipNorm = null,
        BatchSize = BatchSize,
        MaxSteps = options.Steps,
        Seed = options.Seed,
        Precision = RnnPrecision.Float32,
    };

    /// <summary>Returns the number of epochs needed for the steps.</summary>
    private static int Epochs(int steps, int rows)
    {
        var stepsInEpoch = (rows + BatchSize - 1) / BatchSize;
        return (steps + stepsInEpoch - 1) / stepsInEpoch;
    }

    /// <summary>Prints the first step and then every <paramref name="every"/> steps, on the training thread.</summary>
    private sealed class StepPrinter(int every, IDictionary<long, (double Loss, double Accuracy)> printed) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.EpochEnded || (value.Step != 1 && value.Step % every != 0))
            {
                return;
            }

            printed[value.Step] = (value.BatchLoss, value.BatchAccuracy);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Step {value.Step}, Minibatch Loss= {value.BatchLoss:F4}, Training Accuracy= {value.BatchAccuracy:F3}"));
        }
    }
}
