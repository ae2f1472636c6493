namespace Mnist;

/// <summary>Prints the results of a run.</summary>
internal static class Report
{
    public static void Data(MnistOptions options, int trainRows, int testRows)
    {
        string directions = options.Bidirectional ? ", bidirectional" : "";
        string layers = options.Layers == 1 ? "1 layer" : $"{options.Layers} layers";
        Console.WriteLine($"{trainRows:N0} training images, {testRows:N0} test images, from {options.DataFolder}");
        string network = $"{options.Cell}, {options.Units} units, {layers}{directions}";
        Console.WriteLine($"{network}; seed {options.Seed}");
        Console.WriteLine();
    }

    public static void Metrics(MulticlassClassificationMetrics metrics, IReadOnlyList<int> classes, TimeSpan training, TrainingHistory history)
    {
        Console.WriteLine();
        Console.WriteLine($"trained in         {training.TotalSeconds:F1} s: {history.Epochs.Count} of {history.PlannedEpochs} epochs, minibatches of {history.BatchSize}");
        Console.WriteLine($"micro-accuracy     {metrics.MicroAccuracy:P2}");
        Console.WriteLine($"macro-accuracy     {metrics.MacroAccuracy:P2}");
        Console.WriteLine($"log-loss           {metrics.LogLoss:F4}");
        Console.WriteLine();
        Confusion(metrics.ConfusionMatrix, classes);
        Console.WriteLine();
    }

    /// <summary>
    /// Prints the confusion matrix like GetFormattedConfusionTable, but narrow enough for a terminal: a row per true digit, a column per predicted
    /// one.
    /// </summary>
    private static void Confusion(ConfusionMatrix matrix, IReadOnlyList<int> classes)
    {
        Console.WriteLine("predicted" + string.Concat(classes.Select(digit => $"{digit,6}")) + "  recall");
        for (int i = 0; i < classes.Count; i++)
        {
            string counts = string.Concat(matrix.Counts[i].Select(count => $"{count,6}"));
            Console.WriteLine($"truth {classes[i],3}{counts}{matrix.PerClassRecall[i],8:F4}");
        }

        Console.WriteLine("precision" + string.Concat(matrix.PerClassPrecision.Select(precision => $"{precision,6:F3}")));
    }

    public static void Stopped(TrainingHistory history, MnistOptions options)
    {
        Console.WriteLine();
        Console.WriteLine($"stopped in epoch {history.Epochs.Count} of {history.PlannedEpochs}, after {history.Steps:N0} minibatches");
        Console.WriteLine($"saved              {options.ModelPath}, with the weights so far");
    }

    public static void Reloaded(MnistResult result, MnistOptions options)
    {
        Console.WriteLine($"saved              {options.ModelPath}, {result.ModelBytes:N0} bytes");
        Console.WriteLine($"reloaded           micro-accuracy {result.ReloadedMicroAccuracy:P2}");
        Console.WriteLine($"                   largest score difference {result.ReloadedMaxScoreDifference:G2}");
        Console.WriteLine();
    }

    /// <summary>
    /// Prints the first digits that the model classifies correctly and the first that it classifies incorrectly; one of each with what the network thought
    /// row by row, if the model says so.
    /// </summary>
    public static void Digits(IEnumerable<Digit> digits, Func<Digit, DigitPrediction> predict, IReadOnlyList<int> classes, int right = 3, int wrong = 2)
    {
        var shown = new List<(Digit Digit, DigitPrediction Prediction)>();
        foreach (var digit in digits)
        {
            var prediction = predict(digit);
            bool isRight = prediction.PredictedDigit == digit.Label;
            if ((isRight ? right : wrong) > 0)
            {
                shown.Add((digit, prediction));
                _ = isRight ? right-- : wrong--;
            }

            if (right + wrong == 0)
            {
                break;
            }
        }

        DigitPicture.Print(shown.Select(row => (
            row.Digit,
            $"true {row.Digit.Label}",
            $"pred {row.Prediction.PredictedDigit} ({row.Prediction.Score.Max():P0})")));

        // The first that was classified correctly, and the first that was not: when did the network make up its mind?
        var telling = shown.Where(row => row.Prediction.OverTime.Length > 0).DistinctBy(row => row.Prediction.PredictedDigit == row.Digit.Label);
        foreach (var (digit, prediction) in telling)
        {
            Console.WriteLine();
            DigitPicture.PrintOverTime(digit, prediction.OverTime, classes);
        }
    }
}
