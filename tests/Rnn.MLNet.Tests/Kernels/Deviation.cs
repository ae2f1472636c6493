using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>
/// The largest differences of outputs and of gradients, each relative to the largest number of its tensor, or to 1 where that is less: outputs are
/// sums of numbers up to 1, and gradients sums of larger numbers that may cancel each other out.
/// </summary>
internal readonly record struct Deviation(double Outputs, double Gradients)
{
    /// <summary>Compares outputs and, if there are any, the gradients behind them.</summary>
    public static Deviation Between(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual)
    {
        Assert.Equal(expected.Select(tensor => tensor.shape), actual.Select(tensor => tensor.shape));
        double[] each = [.. expected.Zip(actual, Between)];
        // Unlike Max of LINQ, it keeps what is not a number.
        return new Deviation(each[0], each.Skip(1).Aggregate(0d, Math.Max));
    }

    public static Deviation operator *(double factor, Deviation deviation) => new(factor * deviation.Outputs, factor * deviation.Gradients);

    /// <summary>The larger differences of both.</summary>
    public Deviation Or(Deviation other) => new(Math.Max(Outputs, other.Outputs), Math.Max(Gradients, other.Gradients));

    /// <summary>Whether both are no more than a tolerance above others. What is not a number is not.</summary>
    public bool IsWithin(double tolerance, Deviation others = default) =>
        Outputs <= others.Outputs + tolerance && Gradients <= others.Gradients + tolerance;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"outputs {Outputs:0.0e0}, gradients {Gradients:0.0e0}");

    private static double Between(Tensor expected, Tensor actual)
    {
        var largest = expected.abs().max().item<double>();
        return (expected - actual.to(ScalarType.Float64)).abs().max().item<double>() / Math.Max(1, largest);
    }
}
