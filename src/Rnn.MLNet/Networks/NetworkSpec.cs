namespace Rnn.MLNet.Networks;

/// <summary>The architecture of a network.</summary>
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
    /// <summary>
    /// Returns a culture-invariant description that is written to files. It does not include the head, which the task describes.
    /// </summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cell}, Layers = {Layers}, Bidirectional = {Bidirectional}, Dropout = {Dropout}, ReadOut = {ReadOut}, TimeSteps = {TimeSteps}, Features = {Features}");
}
