namespace Rnn.MLNet;

/// <summary>
/// The simple recurrent cell of Elman (1990): <c>h' = tanh(W x + U h + b)</c>.
/// Fast and small; remembers for a few dozen steps at best.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicRnnCell(int Units) : RnnCell(Units)
{
    private protected override void ValidateProperties()
    {
        // The units are all that there is to check.
    }
}
