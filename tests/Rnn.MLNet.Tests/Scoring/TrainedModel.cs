namespace Rnn.MLNet.Tests.Scoring;

/// <summary>One small model for all tests of a class, on the processor: what is counted depends on the number of threads.</summary>
public sealed class TrainedModel : IDisposable
{
    public MLContext Context { get; } = new(seed: 1);

    public RnnClassifierTransformer Model { get; } = SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 6, Threads = 2, Device = RnnDevice.Cpu });

    public void Dispose() => Model.Dispose();
}
