namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>What both sides train with: the same network, minibatches, schedule and bound of the gradient, and Adam.</summary>
internal static class AccuracySettings
{
    public const int BatchSize = 128;
    public const int Epochs = 4;
    public const double PeakLearningRate = 0.005;
    public const double GradientClipNorm = 1;

    public static NetworkShape Shape => NetworkShape.Lstm;

    /// <summary>The test accuracies that are waited for, in percent.</summary>
    public static IReadOnlyList<double> Goals { get; } = [97, 98.5];

    /// <summary>The schedule of PyTorch's OneCycleLR, which this library follows too.</summary>
    public static double LearningRate(long step, long steps)
    {
        const double Start = PeakLearningRate / 25;
        var rise = 0.3 * steps;
        return step < rise
            ? Anneal(Start, PeakLearningRate, step / rise)
            : Anneal(PeakLearningRate, Start / 1e4, (step - rise) / (steps - rise));
    }

    private static double Anneal(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
