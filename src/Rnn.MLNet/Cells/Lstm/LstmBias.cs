using TorchSharp;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The bias of the four gates of an LSTM. TensorFlow adds the forget bias within the cell. Here it is part of the initial bias, which results in the
/// same function and the same gradients.
/// </summary>
internal static class LstmBias
{
    private const int ForgetGate = 1;

    private static int Gates => Lstm.Gates.Count;

    /// <summary>Specifies a bias that is initially 0, except for the forget gate.</summary>
    public static WeightSpec Zeros(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.Zeros(WeightNames.Bias, Gates * units), units, forgetBias);

    /// <summary>
    /// Specifies a bias with TensorFlow's default initialiser for variables, for which fan-in and fan-out of a vector are both its length.
    /// </summary>
    public static WeightSpec GlorotUniform(int units, double forgetBias) =>
        WithForgetBias(WeightSpec.GlorotUniform(WeightNames.Bias, [Gates * units], Gates * units, Gates * units) with { Decays = false }, units, forgetBias);

    /// <summary>Adds the forget bias to the initial value of a vector <c>[gates × units]</c>.</summary>
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

    /// <summary>Adds the forget bias to a vector <c>[gates × units]</c> in place.</summary>
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
