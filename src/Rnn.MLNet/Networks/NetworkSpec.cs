using Rnn.MLNet.Reading;

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
    /// <summary>Returns the architecture that options specify for sequences of a shape.</summary>
    /// <param name="options">The validated options.</param>
    /// <param name="shape">The shape of a sequence.</param>
    /// <param name="outputs">The size of the head.</param>
    public static NetworkSpec Of(RnnOptions options, SequenceShape shape, int outputs) => new(
        options.Cell, options.Layers, options.Bidirectional, options.Dropout, options.ReadOut, shape.TimeSteps, shape.Features, outputs, options.OutputInitializer);

    /// <summary>
    /// Returns a culture-invariant description that is written to files. It does not include the head, which the task describes.
    /// </summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cell}, Layers = {Layers}, Bidirectional = {Bidirectional}, Dropout = {Dropout}, ReadOut = {ReadOut}, TimeSteps = {TimeSteps}, Features = {Features}");
}
