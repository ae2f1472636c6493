namespace Rnn.MLNet;

/// <summary>
/// Long short-term memory with layer normalisation (Ba et al., 2016) of the gates and the state, and recurrent dropout
/// (Semeniuta et al., 2016), equivalent to TensorFlow 1's LayerNormBasicLSTMCell.
/// </summary>
/// <remarks>
/// Each gate and the new cell state are normalised separately. The normalised cell state is passed to the next time step. Where all values are
/// equal, as before the first input that is not zero, no gradient is propagated through the normalisation, because its derivative there is about
/// 1e6 and the gradient would overflow after a few time steps.
/// </remarks>
/// <param name="Units">
/// The size of the hidden state, from 1 to 65,536. At least 2 with <see cref="LayerNorm"/>, because a single value is always normalised to 0.
/// </param>
public sealed record LayerNormBasicLstmCell(int Units) : RnnCell(Units)
{
    /// <summary>The value added to the forget gate after normalisation, as part of its initial shift or bias; from -1e6 to 1e6. Default 1.</summary>
    public double ForgetBias { get; init; } = 1.0;

    /// <summary>Whether the gates and the cell state are normalised. If false, the gates have a bias instead. Default true.</summary>
    public bool LayerNorm { get; init; } = true;

    /// <summary>The initial gain of each normalisation, from -1e6 to 1e6. Must be 1 if <see cref="LayerNorm"/> is false. Default 1.</summary>
    public double NormGain { get; init; } = 1.0;

    /// <summary>The initial shift of each normalisation, from -1e6 to 1e6. Must be 0 if <see cref="LayerNorm"/> is false. Default 0.</summary>
    public double NormShift { get; init; }

    /// <summary>
    /// The probability that recurrent dropout keeps a value of the candidate <c>tanh(g)</c> in training, from 1e-6 to 1. Default 1 for no dropout.
    /// Dropout is never applied in scoring.
    /// </summary>
    public double DropoutKeepProb { get; init; } = 1.0;

    private protected override void ValidateProperties()
    {
        OptionRequirement.Bounded(ForgetBias, Named(nameof(ForgetBias)));
        OptionRequirement.Bounded(NormGain, Named(nameof(NormGain)));
        OptionRequirement.Bounded(NormShift, Named(nameof(NormShift)));
        Require(!LayerNorm || Units >= 2, nameof(Units), Units, "at least 2 when LayerNorm is true (a single value is always normalised to 0)");
        Require(LayerNorm || NormGain == 1, nameof(NormGain), NormGain, "1, its default, when LayerNorm is false");
        Require(LayerNorm || NormShift == 0, nameof(NormShift), NormShift, "0, its default, when LayerNorm is false");
        Require(DropoutKeepProb is >= 1e-6 and <= 1, nameof(DropoutKeepProb), DropoutKeepProb, "at least 1e-6 and at most 1");
    }
}
