namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>The settings of both sides: network, batch size, learning rate schedule, gradient clipping; the optimiser is Adam.</summary>
internal static class AccuracySettings
{
    public const int BatchSize = 128;
    public const int Epochs = 4;
    public const double PeakLearningRate = 0.005;
    public const double GradientClipNorm = 1;

    public static NetworkShape Shape => NetworkShape.Lstm;

    /// <summary>The target test accuracies, in percent.</summary>
    public static IReadOnlyList<double> Goals { get; } = [97, 98.5];

    /// <summary>Returns the learning rate of PyTorch's OneCycleLR, which this library implements too.</summary>
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
