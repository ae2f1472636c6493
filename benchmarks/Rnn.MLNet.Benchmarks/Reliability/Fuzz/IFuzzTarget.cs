namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Something that takes input from outside.</summary>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>Makes an input and hands it over. The same state of the generator makes the same input.</summary>
    FuzzResult Try(Random random);
}
