namespace Rnn.MLNet;

/// <summary>
/// Long short-term memory with layer normalisation (Ba et al., 2016) of the gates and the state, and recurrent dropout
/// (Semeniuta et al., 2016), as TensorFlow 1's LayerNormBasicLSTMCell computes it.
/// </summary>
/// <remarks>
/// Each gate is normalised on its own, and the new cell state too; the normalised state is the one that is kept. Where all
/// values are equal, as before the first input that is not zero, no gradient passes the normalisation: its slope there is a
/// million a step and overflows.
/// </remarks>
/// <param name="Units">Size of the hidden state, from 1 to 65,536; at least 2 with <see cref="LayerNorm"/>: one value, normalised, is always 0.</param>
public sealed record LayerNormBasicLstmCell(int Units) : RnnCell(Units)
{
    /// <summary>Added to the forget gate, after normalisation. Default 1; from -1e6 to 1e6.</summary>
    public double ForgetBias { get; init; } = 1.0;

    /// <summary>Whether gates and state are normalised; without it the gates have a bias. Default true.</summary>
    public bool LayerNorm { get; init; } = true;

    /// <summary>What the gain of each normalisation starts at. Default 1; from -1e6 to 1e6.</summary>
    public double NormGain { get; init; } = 1.0;

    /// <summary>What the shift of each normalisation starts at. Default 0; from -1e6 to 1e6.</summary>
    public double NormShift { get; init; }

    /// <summary>Share of the candidate's values that dropout keeps in training, from 1e-6 to 1. Default 1: no dropout. Scoring never drops.</summary>
    public double DropoutKeepProb { get; init; } = 1.0;

    private protected override void ValidateProperties()
    {
        OptionRequirement.Bounded(ForgetBias, Named(nameof(ForgetBias)));
        OptionRequirement.Bounded(NormGain, Named(nameof(NormGain)));
        OptionRequirement.Bounded(NormShift, Named(nameof(NormShift)));
        Require(!LayerNorm || Units >= 2, nameof(Units), Units, "at least 2 when LayerNorm is true: one value, normalised, is always 0");
        Require(LayerNorm || NormGain == 1, nameof(NormGain), NormGain, "1, its default, when LayerNorm is false");
        Require(LayerNorm || NormShift == 0, nameof(NormShift), NormShift, "0, its default, when LayerNorm is false");
        Require(DropoutKeepProb is > 0 and <= 1, nameof(DropoutKeepProb), DropoutKeepProb, "above 0 and at most 1");
        Require(DropoutKeepProb >= 1e-6, nameof(DropoutKeepProb), DropoutKeepProb, "at least 1e-6");
    }
}
