using Microsoft.ML;
using Scoring;

// Scores 1,000 digits with a model that samples/Mnist saved.
if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: Scoring MODEL.zip MNIST_FOLDER [SCORES.txt]");
    return 2;
}

try
{
    Score(args[0], args[1], args.Length == 3 ? args[2] : null);
    return 0;
}
// ML.NET's exceptions for a file that is no model have many types.
catch (Exception exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}

static void Score(string modelFile, string mnistFolder, string? scoresFile)
{
    var (features, labels) = TestDigits.Read(mnistFolder, 1000);

    var mlContext = new MLContext();
    var model = mlContext.Model.Load(modelFile, out _);
    // Before the scoring, so that it is not done for a file that cannot be written; after the inputs, so that a wrong one leaves an earlier file as it is.
    using var scores = scoresFile is null ? null : File.CreateText(scoresFile);
    using var engine = mlContext.Model.CreatePredictionEngine<Digit, DigitPrediction>(model);
    var predictions = Array.ConvertAll(features, pixels => engine.Predict(new Digit { Features = pixels }));

    var right = predictions.Zip(labels).Count(row => row.First.PredictedDigit == row.Second);
    Console.WriteLine($"{right} of {labels.Length} digits are classified correctly.");
    if (scores is not null)
    {
        ScoreFile.Write(scores, predictions.Select(prediction => prediction.Score));
    }
}
