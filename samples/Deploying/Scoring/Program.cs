using Microsoft.ML;
using Scoring;

// Scores 1,000 digits with a model that samples/Mnist saved.
if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: Scoring MODEL.zip MNIST_FOLDER [SCORES.txt]");
    return 2;
}

if (!File.Exists(args[0]) || !Directory.Exists(args[1]))
{
    Console.Error.WriteLine(File.Exists(args[0]) ? $"no folder '{args[1]}'" : $"no file '{args[0]}'");
    return 2;
}

var (features, labels) = TestDigits.Read(args[1], 1000);

var mlContext = new MLContext();
var model = mlContext.Model.Load(args[0], out _);
using var engine = mlContext.Model.CreatePredictionEngine<Digit, DigitPrediction>(model);
var predictions = Array.ConvertAll(features, pixels => engine.Predict(new Digit { Features = pixels }));

var right = predictions.Zip(labels).Count(row => row.First.PredictedDigit == row.Second);
Console.WriteLine($"{right} of {labels.Length} digits are classified correctly.");
if (args.Length == 3)
{
    ScoreFile.Write(args[2], predictions.Select(prediction => prediction.Score));
}

return 0;
