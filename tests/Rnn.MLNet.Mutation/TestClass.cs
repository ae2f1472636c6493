namespace Rnn.MLNet.Mutation;

/// <summary>A test class as the unmutated library runs it.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Milliseconds">How long it takes in a warm process.</param>
/// <param name="Reached">The mutants that it reaches.</param>
internal sealed record TestClass(string Name, long Milliseconds, HashSet<int> Reached)
{
    /// <summary>Far more than the class takes, on a machine that may be busy.</summary>
    public TimeSpan Limit => TimeSpan.FromMilliseconds((8 * Milliseconds) + 20_000);
}
