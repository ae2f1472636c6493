namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>The parsed command line of --pixels.</summary>
/// <param name="Budget">The time for each order, without that of the evaluations.</param>
/// <param name="Orders">The orders of the pixels.</param>
/// <param name="Images">The number of training images.</param>
/// <param name="Units">The number of units of the GRU.</param>
/// <param name="UpdateBias">The initial bias of its update gate.</param>
/// <param name="ReadOut">What the output layer reads.</param>
/// <param name="LearningRate">The peak learning rate.</param>
/// <param name="BatchSize">The number of images in a minibatch.</param>
/// <param name="Seed">The seed of the weights and of the order of the images.</param>
internal sealed record PixelsOptions(
    TimeSpan Budget, IReadOnlyList<PixelOrder> Orders, int Images, int Units, double UpdateBias, ReadOut ReadOut, double LearningRate, int BatchSize, int Seed);
