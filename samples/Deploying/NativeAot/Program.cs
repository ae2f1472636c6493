using Microsoft.ML.OnnxRuntime;

// Scores 1,000 digits with a network that samples/Mnist exported and, if given the scores of samples/Deploying/Scoring, compares them.
if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: NativeAot NETWORK.onnx MNIST_FOLDER [SCORES.txt]");
    return 2;
}

if (!File.Exists(args[0]) || !Directory.Exists(args[1]))
{
    Console.Error.WriteLine(File.Exists(args[0]) ? $"no folder '{args[1]}'" : $"no file '{args[0]}'");
    return 2;
}

var (features, labels) = TestDigits.Read(args[1], 1000);

using var session = new InferenceSession(args[0]);
using var options = new RunOptions();
using var input = OrtValue.CreateTensorValueFromMemory(features.SelectMany(pixels => pixels).ToArray(), [labels.Length, TestDigits.Side, TestDigits.Side]);
using var outputs = session.Run(options, ["features"], [input], ["probabilities"]);
var scores = outputs[0].GetTensorDataAsSpan<float>().ToArray().Chunk(10).ToArray();

var right = scores.Zip(labels).Count(row => Array.IndexOf(row.First, row.First.Max()) == row.Second);
Console.WriteLine($"{right} of {labels.Length} digits are classified correctly.");
if (args.Length < 3)
{
    return 0;
}

var others = ScoreFile.Read(args[2]);
if (others.Length != scores.Length)
{
    Console.Error.WriteLine($"{args[2]}: expected the scores of {scores.Length} digits, got {others.Length}.");
    return 1;
}

var difference = scores.Zip(others, (here, there) => here.Zip(there, (a, b) => Math.Abs(a - b)).Max()).Max();
Console.WriteLine($"The largest difference to the other scores is {difference:E1}.");
return difference < 1e-5 ? 0 : 1;
