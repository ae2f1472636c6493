namespace Rnn.MLNet;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997) with a forget gate (Gers et al., 2000) and without peepholes:
/// <c>c' = σ(f) c + σ(i) tanh(g)</c>, <c>h' = σ(o) tanh(c')</c>.
/// </summary>
/// <param name="Units">The size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicLstmCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// The initial bias of the forget gate, from -1e6 to 1e6. A positive value lets an untrained network keep its state
    /// (Jozefowicz et al., 2015). Default 1.
    /// </summary>
    public double ForgetBias { get; init; } = 1.0;

    private protected override void ValidateProperties()
    {
        OptionRequirement.Bounded(ForgetBias, Named(nameof(ForgetBias)));
    }
}
