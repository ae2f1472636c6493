using Mnist;

namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>Runs one training on all of MNIST in a child process.</summary>
internal static class AccuracyTask
{
    public const string Name = "accuracy";

    public const string Plain = "plain";
    public const string Float32 = "float32";
    public const string Auto = "auto";
    public const string LightGbm = "lightgbm";
    public const string Sdca = "sdca";

    public static double[] Run(string contender)
    {
        var training = MnistDataSet.ReadTraining(MnistDataSet.FindFolder());
        var test = MnistDataSet.ReadTest(MnistDataSet.FindFolder());
        if (contender == Plain)
        {
            return PlainAccuracy.Run(training, test);
        }

        var context = new MLContext(seed: 1);
        var trainers = context.MulticlassClassification.Trainers;
        var (trainingView, testView) = (View(context, training), View(context, test));
        return contender switch
        {
            Float32 => LibraryAccuracy.Run(context, trainingView, testView, RnnPrecision.Float32),
            Auto => LibraryAccuracy.Run(context, trainingView, testView, RnnPrecision.Auto),
            LightGbm => TrainerAccuracy.Run(
                context, trainingView, testView, trainers.LightGbm(featureColumnName: LabelledSequence.FeatureColumn)),
            Sdca => TrainerAccuracy.Run(
                context, trainingView, testView, trainers.SdcaMaximumEntropy(featureColumnName: LabelledSequence.FeatureColumn)),
            _ => throw new ArgumentException($"Unknown contender '{contender}'.", nameof(contender)),
        };
    }

    /// <summary>
    /// Returns rows that are created as they are read, like those of a loader: all of them as floats would take four times the memory.
    /// </summary>
    public static IDataView View(MLContext context, MnistDataSet set) => context.Data.LoadFromEnumerable(
        set.Digits().Select(digit => new LabelledSequence { Features = digit.Features, Label = (uint)digit.Label }));
}
