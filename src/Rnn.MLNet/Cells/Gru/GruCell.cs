namespace Rnn.MLNet;

/// <summary>
/// The gated recurrent unit (Cho et al., 2014): <c>h' = u h + (1 − u) n</c> with the update gate <c>u</c> and the candidate <c>n</c>. The reset
/// gate <c>r</c> controls how much of the previous state enters the candidate.
/// </summary>
/// <param name="Units">The size of the hidden state, from 1 to 65,536.</param>
public sealed record GruCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// Whether the reset gate is applied after the matrix product. True (the default), as in PyTorch, cuDNN and Keras:
    /// <c>n = tanh(W x + b + r (U h + d))</c>. False, as in TensorFlow 1's GRUCell and the original paper:
    /// <c>n = tanh(W x + U (r h) + b)</c>.
    /// </summary>
    public bool ResetAfter { get; init; } = true;

    /// <summary>
    /// The initial bias of the update gate, from -1e6 to 1e6. A positive value lets an untrained network keep its state: with log(T), it remembers
    /// about T time steps (Tallec and Ollivier, 2018). Default 1, as in TensorFlow.
    /// </summary>
    public double UpdateBias { get; init; } = 1.0;

    private protected override void ValidateProperties()
    {
        OptionRequirement.Bounded(UpdateBias, Named(nameof(UpdateBias)));
    }
}
