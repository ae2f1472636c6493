using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Dropout of an LSTM's candidate <c>tanh(g)</c>, and of nothing else (Semeniuta et al., 2016): the state itself is never
/// dropped, so that what it remembers lasts.
/// </summary>
internal sealed class RecurrentDropout(double keepProbability)
{
    /// <summary>Draws a mask for every step, <c>[time, batch, units]</c>, scaled so that the mean stays; an empty one if nothing is dropped.</summary>
    public Tensor Mask(Tensor inputs, int units, Generator? generator) =>
        generator is null || keepProbability == 1
            ? inputs.new_empty(0)
            : DropoutMask.Draw([inputs.shape[1], inputs.shape[0], units], keepProbability, generator, inputs);
}
