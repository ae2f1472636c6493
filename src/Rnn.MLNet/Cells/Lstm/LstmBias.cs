using TorchSharp;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The bias of an LSTM's four gates i, f, g, o. TensorFlow adds the forget bias in the cell, here the weight holds it from
/// the start: the same function with the same gradients.
/// </summary>
internal static class LstmBias
{
    private const int Gates = 4;
    private const int ForgetGate = 1;

    /// <summary>Zero but for the forget gate.</summary>
    public static WeightSpec Zeros(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.Zeros("bias", Gates * units), units, forgetBias);

    /// <summary>As TensorFlow fills a variable that was given no initialiser: a vector counts as many rows as columns.</summary>
    public static WeightSpec GlorotUniform(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.GlorotUniform("bias", [Gates * units], Gates * units, Gates * units) with { Decays = false }, units, forgetBias);

    /// <summary>Adds the forget bias to the second quarter of a vector of <c>[4 × units]</c>.</summary>
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
}
