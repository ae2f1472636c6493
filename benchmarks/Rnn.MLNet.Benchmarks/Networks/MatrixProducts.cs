namespace Rnn.MLNet.Benchmarks.Networks;

/// <summary>Counts the floating-point operations of the matrix products of a network, per row.</summary>
internal static class MatrixProducts
{
    /// <summary>The operations of a training step relative to its forward pass: each product has two counterparts in the backward pass.</summary>
    public const int TrainingFactor = 3;

    /// <summary>Returns the operations of a forward pass; a layer above the first reads the units of all directions below it.</summary>
    public static double ForwardOperations(int gates, int units, int steps, int features, int classes, int layers = 1, int directions = 1)
    {
        double inputs = features + (layers - 1) * directions * units;
        return 2.0 * directions * units * (gates * (inputs + layers * units) * steps + classes);
    }
}
