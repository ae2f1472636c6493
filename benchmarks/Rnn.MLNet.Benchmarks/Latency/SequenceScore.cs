namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>What a prediction engine is asked for.</summary>
internal sealed class SequenceScore
{
    [VectorType(LabelledSequence.Classes)]
    public float[] Score { get; set; } = [];
}
