using TorchSharp;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The bias of an LSTM's four gates. TensorFlow adds the forget bias in the cell, here the weight holds it from
/// the start: the same function with the same gradients.
/// </summary>
internal static class LstmBias
{
    private const int ForgetGate = 1;

    private static int Gates => Lstm.Gates.Count;

    /// <summary>Zero but for the forget gate.</summary>
    public static WeightSpec Zeros(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.Zeros(WeightNames.Bias, Gates * units), units, forgetBias);

    /// <summary>As TensorFlow fills a variable that was given no initialiser: a vector counts as many rows as columns.</summary>
    public static WeightSpec GlorotUniform(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.GlorotUniform(WeightNames.Bias, [Gates * units], Gates * units, Gates * units) with { Decays = false }, units, forgetBias);

    /// <summary>Adds the forget bias to what a vector of <c>[gates × units]</c> starts at.</summary>
    public static WeightSpec WithForgetBias(WeightSpec spec, int units, double forgetBias) => spec with
    {
        Initialize = (bias, generator) =>
        {
            spec.Initialize(bias, generator);
            using Scalar added = forgetBias.ToScalar(), once = 1.ToScalar();
            using var forgetGate = bias.narrow(0, ForgetGate * units, units);
            forgetGate.add_(added, once);
        },
    };

    /// <summary>Adds the forget bias to numbers of <c>[gates × units]</c>, in place.</summary>
    public static float[] WithForgetBias(float[] bias, double forgetBias)
    {
        var units = bias.Length / Gates;
        foreach (ref var value in bias.AsSpan(ForgetGate * units, units))
        {
            value = (float)(value + forgetBias);
        }

        return bias;
    }
}
