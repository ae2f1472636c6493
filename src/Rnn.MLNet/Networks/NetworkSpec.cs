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
    WeightInitializer OutputInitializer = WeightInitializer.GlorotUniform,
    MissingValues MissingValues = MissingValues.Refuse,
    FeatureScaling? Scaling = null)
{
    /// <summary>The number of inputs of the first layer in each time step: the features and, if requested, their indicators.</summary>
    public int Inputs => MissingValues == MissingValues.ZeroAndIndicator ? 2 * Features : Features;

    /// <summary>Returns the architecture that options specify for sequences of a shape.</summary>
    /// <param name="options">The validated options.</param>
    /// <param name="shape">The shape of a sequence.</param>
    /// <param name="outputs">The size of the head.</param>
    /// <param name="scaling">The scaling of the features; null for none.</param>
    public static NetworkSpec Of(RnnOptions options, SequenceShape shape, int outputs, FeatureScaling? scaling = null) => new(
        options.Cell, options.Layers, options.Bidirectional, options.Dropout, options.ReadOut, shape.TimeSteps, shape.Features, outputs,
        options.OutputInitializer, options.MissingValues, scaling);

    /// <summary>
    /// Returns a culture-invariant description that is written to files. It does not include the head, which the task describes, and the scaling.
    /// </summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cell}, Layers = {Layers}, Bidirectional = {Bidirectional}, Dropout = {Dropout}, ReadOut = {ReadOut}, TimeSteps = {TimeSteps}, Features = {Features}");
}
