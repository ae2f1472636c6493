using Mnist;

namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>Whether bfloat16 costs accuracy: the same training on MNIST from five seeds, both ways.</summary>
internal static class PrecisionContest
{
    public const string Name = "precision";

    private const string Float32 = "float32", BFloat16 = "bfloat16";

    private static readonly int[] Seeds = [1, 2, 3, 4, 5];

    public static Contest Create() => new(
        Name,
        [.. Seeds.Select(seed => Metric($"seed-{seed}")), Metric("mean")],
        [Contender(Float32), Contender(BFloat16)])
    {
        Rounds = 1,
        WarmUp = false,
    };

    /// <summary>The test accuracy from each seed, in percent, and their mean; in a process of its own.</summary>
    public static double[] Run(string contender)
    {
        var context = new MLContext();
        var training = AccuracyTask.View(context, MnistDataSet.ReadTraining(MnistDataSet.FindFolder()));
        var test = AccuracyTask.View(context, MnistDataSet.ReadTest(MnistDataSet.FindFolder()));
        var precision = contender == BFloat16 ? RnnPrecision.BFloat16 : RnnPrecision.Float32;
        double[] accuracies = [.. Seeds.Select(seed => LibraryAccuracy.Accuracy(training, test, precision, seed))];
        return [.. accuracies, accuracies.Average()];
    }

    private static Metric Metric(string name) => new(name, "%", MoreIsBetter: true, Float32);

    /// <summary>The same seeds give the same figures: a second round would say nothing new.</summary>
    private static Contender Contender(string name) => new(name, _ => ChildTask.RunInFreshProcess($"{Name}/{name}")) { MaxRounds = 1 };
}
