namespace Rnn.MLNet;

/// <summary>
/// The simple recurrent cell (Elman, 1990): <c>h' = f(W x + U h + b)</c> with the tanh or another <see cref="Activation"/> <c>f</c>. Fast and small, but
/// learns dependencies over a few dozen time steps at most.
/// </summary>
/// <param name="Units">The size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicRnnCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// The function <c>f</c>: <see cref="RnnActivation.Tanh"/> (the default) or <see cref="RnnActivation.Relu"/>.
    /// </summary>
    /// <remarks>
    /// The initial weights are uniform in the limits of Glorot and Bengio (2010), except for <c>U</c> with ReLU, which is the identity (Le, Jaitly and
    /// Hinton, 2015): it keeps the state at first. From a random <c>U</c>, networks with ReLU did not learn to remember over 50 time steps. With ReLU the
    /// state has no bound: where it grows beyond the range of float32, scores become NaN.
    /// </remarks>
    public RnnActivation Activation { get; init; }

    private protected override void ValidateProperties()
    {
        OptionRequirement.Defined(Activation, Named(nameof(Activation)));
    }
}
