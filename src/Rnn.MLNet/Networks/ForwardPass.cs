using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>The settings of a forward pass through the network.</summary>
/// <param name="DropoutGenerator">The generator for dropout masks in training; null in scoring, without dropout.</param>
/// <param name="RecurrentType">
/// The number format in which the recurrent layers compute if the cell supports it. The head always uses float32.
/// </param>
/// <param name="EveryStep">Whether to compute the outputs after each time step instead of those after the last one only.</param>
internal readonly record struct ForwardPass(Generator? DropoutGenerator, ScalarType RecurrentType, bool EveryStep = false)
{
    /// <summary>The settings for scoring: float32, without dropout.</summary>
    public static ForwardPass Scoring => new(null, ScalarType.Float32);
}
