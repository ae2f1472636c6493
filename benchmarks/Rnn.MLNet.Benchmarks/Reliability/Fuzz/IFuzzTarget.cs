namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>A component that reads external input.</summary>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>Generates an input and runs the target on it. The same generator state gives the same input.</summary>
    FuzzResult Try(Random random);
}
