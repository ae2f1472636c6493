namespace Rnn.MLNet.Tests.Images;

/// <summary>What is read of a row.</summary>
internal sealed class Sequence
{
    public float[] Features { get; set; } = [];
}
