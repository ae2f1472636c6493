namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>The output of the prediction engines.</summary>
internal sealed class SequenceScore
{
    [VectorType(LabelledSequence.Classes)]
    public float[] Score { get; set; } = [];
}
