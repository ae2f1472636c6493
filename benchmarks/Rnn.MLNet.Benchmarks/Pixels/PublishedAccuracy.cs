namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>The test accuracy of a published network that reads MNIST pixel by pixel, in percent.</summary>
/// <param name="Network">The network.</param>
/// <param name="Plain">Row by row.</param>
/// <param name="Permuted">In a fixed random order.</param>
internal sealed record PublishedAccuracy(string Network, double Plain, double Permuted)
{
    /// <summary>From training of many hours, mostly on GPUs.</summary>
    public static IReadOnlyList<PublishedAccuracy> All { get; } =
    [
        new("LSTM(256)", 98.8, 92.9),
        new("GRU(256)", 99.1, 94.1),
        new("IndRNN", 99.0, 96.0),
        new("coRNN", 99.4, 97.3),
        new("S4", 99.6, 98.7),
    ];
}
