namespace Rnn.MLNet.Tests;

/// <summary>A labelled sequence, as an application would declare it.</summary>
internal sealed class Sequence<TLabel>
{
    [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
    public float[] Features { get; set; } = [];

    public TLabel Label { get; set; } = default!;

    public float Weight { get; set; } = 1;
}
