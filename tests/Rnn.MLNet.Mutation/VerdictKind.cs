namespace Rnn.MLNet.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum VerdictKind
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The process crashed or took far too long.</summary>
    EndedProcess,

    /// <summary>All tests passed.</summary>
    Survived,

    /// <summary>No test comes there.</summary>
    NotReached,
}
