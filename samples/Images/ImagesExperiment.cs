using System.Diagnostics;

namespace Images;

/// <summary>Writes the images, trains on the files, evaluates, saves, loads, and predicts images in memory.</summary>
internal static class ImagesExperiment
{
    public static void Run(ImagesOptions options, CancellationToken stop)
    {
        string folder = options.Folder ?? Directory.CreateTempSubdirectory("mnist-images-").FullName;
        try
        {
            Run(options, folder, stop);
        }
        finally
        {
            if (options.Folder is null)
            {
                Report.Deleting(folder);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Run(ImagesOptions options, string folder, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var images = new DigitFolder(folder);
        var trainFiles = images.Write("train", MnistDataSet.ReadTraining(options.DataFolder, options.Limit), stop);
        var testFiles = images.Write("test", MnistDataSet.ReadTest(options.DataFolder), stop);
        Report.Files(folder, trainFiles.Length, testFiles.Length, clock.Elapsed);

        var mlContext = new MLContext(options.Seed);
        var loading = mlContext.Transforms.LoadImages("Image", folder, "Path").Fit(mlContext.Data.LoadFromEnumerable(trainFiles));
        var train = loading.Transform(mlContext.Data.LoadFromEnumerable(trainFiles));
        var test = loading.Transform(mlContext.Data.LoadFromEnumerable(testFiles));

        clock.Restart();
        var network = new RnnClassifierOptions
        {
            Cell = new BasicLstmCell(options.Units),
            Epochs = options.Epochs,
            Seed = options.Seed,
            Progress = new ConsoleProgress(),
            CancellationToken = stop,
            OnCancel = OnCancel.KeepBest,
        };
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.ImageToSequence("Features", "Image", options.Layout))
            .Append(mlContext.Transforms.RnnClassifier(network))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedDigit", "PredictedLabel"));
        var model = pipeline.Fit(train);
        Report.Training(model, options.Layout, clock.Elapsed);

        string modelPath = options.ModelPath ?? Path.Combine(folder, "mnist-images.zip");
        model.SaveTo(modelPath, train.Schema);
        // Ctrl+C ends the training; what it had reached is kept if the model has a file of its own.
        stop.ThrowIfCancellationRequested();
        Report.Accuracy("fitted model", mlContext.MulticlassClassification.Evaluate(model.Transform(test)));

        // A new context, as in another process, which needs ML.NET's packages only.
        var otherContext = new MLContext();
        var reloaded = otherContext.Model.Load(modelPath, out _);
        Report.Accuracy($"loaded from {Path.GetFileName(modelPath)} ({new FileInfo(modelPath).Length:N0} bytes)", otherContext.MulticlassClassification.Evaluate(reloaded.Transform(test)));

        using var engine = otherContext.Model.CreatePredictionEngine<DigitImage, DigitPrediction>(reloaded);
        Report.Examples(testFiles.Select(file =>
        {
            using var image = images.Read(file);
            // The picture is drawn first: a loaded model disposes of images that it has read.
            var drawing = DigitDrawing.Of(image);
            return (file.Label, drawing, Prediction: engine.Predict(new DigitImage { Image = image }));
        }));
    }
}
