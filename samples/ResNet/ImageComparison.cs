using Compare;
using Images;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Image;

namespace ResNet;

/// <summary>Three classifiers of the same image files on one leaderboard.</summary>
internal static class ImageComparison
{
    private const int Seed = 1;
    private const int ResNetSide = 224;

    public static void Run(int trainImages, int testImages, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("mnist-images-");
        try
        {
            Run(new DigitFolder(folder.FullName), folder.FullName, trainImages, testImages, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(DigitFolder images, string folder, int trainImages, int testImages, CancellationToken stop)
    {
        var context = new MLContext(Seed);
        string data = MnistDataSet.FindFolder();
        var test = images.Write("test", MnistDataSet.ReadTest(data), stop).Take(testImages);
        var train = images.Write("train", MnistDataSet.ReadTraining(data, trainImages), stop);
        var loading = context.Transforms.LoadImages("Image", folder, nameof(DigitFile.Path)).Fit(context.Data.LoadFromEnumerable(train));

        var experiment = context.MulticlassClassification.CreateRnnExperiment(new RnnExperimentSettings { Seed = Seed })
            .Add("ResNet18 and SDCA", (context, _) => ResNetFeatures(context).AppendCacheCheckpoint(context).Append(Sdca(context)))
            .Add("GRU 64 over rows", (context, _) => context.Transforms.ImageToSequence("Features", "Image")
                .Append(context.Transforms.RnnClassifier(cell: new GruCell(64))))
            .Add("SDCA on pixels", (context, _) => context.Transforms.ResizeImages("Digit", Digit.Side, Digit.Side, "Image")
                .Append(context.Transforms.ExtractPixels("Features", "Digit", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1f / 255))
                .AppendCacheCheckpoint(context)
                .Append(Sdca(context)));
        var result = ComparisonDisplay.Show(progress => experiment.Execute(
            loading.Transform(context.Data.LoadFromEnumerable(train)), loading.Transform(context.Data.LoadFromEnumerable(test)),
            progressHandler: progress, cancellationToken: stop));
        Console.WriteLine($"{train.Length:N0} training images, {testImages:N0} test images");
        ComparisonDisplay.Leaderboard(result);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>512 features that a network for the photographs of ImageNet computes from an image of 224 × 224 pixels.</summary>
    private static EstimatorChain<ITransformer> ResNetFeatures(MLContext context) =>
        new EstimatorChain<ITransformer>()
            .Append(context.Transforms.ResizeImages("Large", ResNetSide, ResNetSide, "Image"))
            .Append(context.Transforms.ExtractPixels("Pixels", "Large"))
            .Append<ITransformer>(context.Transforms.DnnFeaturizeImage(
                "Features", factory => factory.ModelSelector.ResNet18(context, factory.OutputColumn, factory.InputColumn), "Pixels"));

    /// <summary>One thread, for the same result in every run.</summary>
    private static SdcaMaximumEntropyMulticlassTrainer Sdca(MLContext context) =>
        context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 });
}
