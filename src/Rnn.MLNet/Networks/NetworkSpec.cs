namespace Rnn.MLNet.Networks;

/// <summary>Everything that fixes the architecture of a network, and nothing else.</summary>
internal sealed record NetworkSpec(
    RnnCell Cell,
    int Layers,
    bool Bidirectional,
    double Dropout,
    ReadOut ReadOut,
    int TimeSteps,
    int Features,
    int Outputs,
    WeightInitializer OutputInitializer = WeightInitializer.GlorotUniform)
{
    /// <summary>In words, without the head, which the task describes; the same in every culture: they go into files.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cell}, Layers = {Layers}, Bidirectional = {Bidirectional}, Dropout = {Dropout}, ReadOut = {ReadOut}, TimeSteps = {TimeSteps}, Features = {Features}");
}
