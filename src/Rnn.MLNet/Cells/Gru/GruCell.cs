namespace Rnn.MLNet;

/// <summary>
/// Gated recurrent unit (Cho et al., 2014): <c>h' = u h + (1 − u) n</c> with the update gate <c>u</c> and the candidate
/// <c>n</c>, into which the reset gate <c>r</c> lets the old state.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536.</param>
public sealed record GruCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// True (the default, and what PyTorch, cuDNN and Keras compute): the reset gate acts after the matrix product,
    /// <c>n = tanh(W x + b + r (U h + d))</c>. False (TensorFlow 1's GRUCell and the original paper): before it,
    /// <c>n = tanh(W x + U (r h) + b)</c>.
    /// </summary>
    public bool ResetAfter { get; init; } = true;

    private protected override void ValidateProperties()
    {
        // The units are all that there is to check.
    }
}
