namespace Rnn.MLNet.Mutation;

/// <summary>A test class, as measured without a mutant.</summary>
/// <param name="Name">The full name of the class.</param>
/// <param name="Milliseconds">The duration in a warm process, in milliseconds.</param>
/// <param name="Reached">The mutants that the class reaches.</param>
internal sealed record TestClass(string Name, long Milliseconds, HashSet<int> Reached)
{
    /// <summary>The time limit with a mutant: generous enough for a busy machine.</summary>
    public TimeSpan Limit => TimeSpan.FromMilliseconds((8 * Milliseconds) + 20_000);
}
