using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet;
using Rnn.MLNet.Comparison;

// All four packages: a network is trained, saved, loaded and used; images; an experiment and its report.
Console.WriteLine($".NET {Environment.Version}, Rnn.MLNet {typeof(RnnClassifierEstimator).Assembly.GetName().Version}");

var mlContext = new MLContext(seed: 1);
var train = mlContext.Data.LoadFromEnumerable(Sequence.Many(300));
var validation = mlContext.Data.LoadFromEnumerable(Sequence.Many(60));
Classify();
Images();
Experiment();

void Classify()
{
    var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
        .Append(mlContext.Transforms.RnnClassifier(timeSteps: 8, cell: new BasicLstmCell(16)))
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
    var model = pipeline.Fit(train);
    var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(validation));
    mlContext.Model.Save(model, train.Schema, "model.zip");
    Expect("accuracy of the network", 1, metrics.MicroAccuracy);

    var engine = mlContext.Model.CreatePredictionEngine<Sequence, Prediction>(new MLContext().Model.Load("model.zip", out _));
    Expect("predictions of the loaded zip that are right", 60, Sequence.Many(60).Count(row => engine.Predict(row).Answer == row.Label));
}

void Images()
{
    Directory.CreateDirectory("images");
    var files = mlContext.Data.LoadFromEnumerable(Sequence.Many(120).Select((row, i) => new ImageFile { Path = Draw(row, $"images/{i}.png"), Label = row.Label }).ToList());

    var images = mlContext.Transforms.LoadImages("Image", null, "Path").Fit(files).Transform(files);
    var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
        .Append(mlContext.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Rows))
        .Append(mlContext.Transforms.RnnClassifier())
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("Digit", "PredictedLabel"));

    var model = pipeline.Fit(images);
    mlContext.Model.Save(model, images.Schema, "digits.zip");

    var loaded = new MLContext().Model.Load("digits.zip", out _);
    Expect("accuracy of the loaded zip on images", 1, mlContext.MulticlassClassification.Evaluate(loaded.Transform(images)).MicroAccuracy);
}

// Four pixels a row, so that the image has the time steps of the sequence.
string Draw(Sequence row, string path)
{
    var pixels = row.Features.SelectMany(value => new byte[] { (byte)(255 * value), (byte)(255 * value), (byte)(255 * value), 255 }).ToArray();
    using var image = MLImage.CreateFromPixels(4, 8, MLPixelFormat.Bgra32, pixels);
    image.Save(path);
    return path;
}

void Experiment()
{
    var experiment = mlContext.MulticlassClassification.CreateRnnExperiment(new RnnExperimentSettings { MaxExperimentTimeInSeconds = 60, MaxTrials = 4 })
        .Add("LSTM 32", context => context.Transforms.RnnClassifier(timeSteps: 8, cell: new BasicLstmCell(32)))
        .Add("SDCA", context => context.MulticlassClassification.Trainers.SdcaMaximumEntropy())
        .AddSearch("search", new RnnSearchSpace { Units = (16, 32) }, new RnnClassifierOptions { TimeSteps = 8 });

    ExperimentResult result = experiment.Execute(train, validation);
    mlContext.Model.Save(result.BestRun!.Model, train.Schema, "best.zip");
    result.SaveCsv("leaderboard.csv");

    result.SaveReport("comparison.html");
    Expect("candidates of the experiment that succeeded", 4, result.RunDetails.Count(run => run.Exception is null));
    Expect("pages of the report", 1, File.ReadAllText("comparison.html").Contains("SDCA") ? 1 : 0);
}

void Expect(string what, double expected, double actual)
{
    Console.WriteLine($"{what}: {actual}");
    if (actual != expected)
    {
        throw new InvalidOperationException($"{what}: {actual} instead of {expected}");
    }
}

public sealed class ImageFile
{
    public string Path { get; set; } = "";

    public string Label { get; set; } = "";
}
