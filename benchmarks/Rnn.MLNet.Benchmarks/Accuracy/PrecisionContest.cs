using Mnist;

namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>Compares the test accuracy of float32 and bfloat16: the same training on MNIST with five seeds.</summary>
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

    /// <summary>Returns the test accuracy with each seed and their mean, in percent. Runs in a child process.</summary>
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

    /// <summary>Creates a contender with a single round: the same seeds would give the same figures again.</summary>
    private static Contender Contender(string name) => new(name, _ => ChildTask.RunInFreshProcess($"{Name}/{name}")) { MaxRounds = 1 };
}
