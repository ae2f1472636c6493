using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Recurrent dropout of an LSTM (Semeniuta et al., 2016). It is applied only to the candidate <c>tanh(g)</c>, not to the cell state, so long-term
/// memory is preserved.
/// </summary>
internal sealed class RecurrentDropout(double keepProbability)
{
    /// <summary>Draws a mask for every time step, <c>[time, batch, units]</c>, scaled to preserve the mean; null if there is no dropout.</summary>
    public Tensor? Masks(Tensor inputs, int units, Generator? generator) =>
        generator is null || keepProbability == 1
            ? null
            : DropoutMask.Draw([inputs.shape[1], inputs.shape[0], units], keepProbability, generator, inputs);
}
