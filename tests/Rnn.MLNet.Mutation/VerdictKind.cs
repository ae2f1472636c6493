namespace Rnn.MLNet.Mutation;

/// <summary>The kinds of result for a mutant.</summary>
internal enum VerdictKind
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The process crashed or timed out.</summary>
    EndedProcess,

    /// <summary>All tests passed.</summary>
    Survived,

    /// <summary>No test reaches the mutated code.</summary>
    NotReached,
}
