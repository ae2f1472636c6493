namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>An image as a sequence of its pixels.</summary>
internal sealed class PixelSequence
{
    [VectorType(LabelledSequence.Side * LabelledSequence.Side, 1)]
    public float[] Features { get; set; } = [];

    /// <summary>The zero-based class, which ML.NET converts to a key when it reads the object.</summary>
    [KeyType(LabelledSequence.Classes)]
    public uint Label { get; set; }
}
