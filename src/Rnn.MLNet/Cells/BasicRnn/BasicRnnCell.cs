namespace Rnn.MLNet;

/// <summary>
/// The simple recurrent cell (Elman, 1990): <c>h' = tanh(W x + U h + b)</c>. Fast and small, but learns dependencies over a few dozen
/// time steps at most.
/// </summary>
/// <param name="Units">The size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicRnnCell(int Units) : RnnCell(Units)
{
    private protected override void ValidateProperties()
    {
        // There are no further properties.
    }
}
