using Rnn.MLNet.Reading;

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
    /// <summary>The architecture that the options give for sequences of a shape.</summary>
    /// <param name="options">The options, which have been checked.</param>
    /// <param name="shape">The shape of a sequence.</param>
    /// <param name="outputs">The size of the head.</param>
    public static NetworkSpec Of(RnnOptions options, SequenceShape shape, int outputs) => new(
        options.Cell, options.Layers, options.Bidirectional, options.Dropout, options.ReadOut, shape.TimeSteps, shape.Features, outputs, options.OutputInitializer);

    /// <summary>In words, without the head, which the task describes; the same in every culture: they go into files.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cell}, Layers = {Layers}, Bidirectional = {Bidirectional}, Dropout = {Dropout}, ReadOut = {ReadOut}, TimeSteps = {TimeSteps}, Features = {Features}");
}
