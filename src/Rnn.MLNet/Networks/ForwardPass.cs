using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>How one pass through the network is run.</summary>
/// <param name="DropoutGenerator">Where dropout draws its masks from in training; null in scoring, which drops nothing.</param>
/// <param name="RecurrentType">The type that recurrent layers compute in where the cell allows it; the head is always float32.</param>
internal readonly record struct ForwardPass(Generator? DropoutGenerator, ScalarType RecurrentType)
{
    public static ForwardPass Scoring => new(null, ScalarType.Float32);
}
