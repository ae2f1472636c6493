namespace Rnn.MLNet.Mutation;

/// <summary>The result of running a mutant.</summary>
/// <param name="Mutant">The mutant that was run.</param>
/// <param name="Kind">The kind of result.</param>
/// <param name="Test">The test that killed the mutant; empty if none did.</param>
internal sealed record Verdict(MutationPoint Mutant, VerdictKind Kind, string Test)
{
    /// <summary>Whether the tests detected the mutant.</summary>
    public bool IsKilled => Kind is VerdictKind.Killed or VerdictKind.EndedProcess;

    /// <inheritdoc />
    public override string ToString() => Kind == VerdictKind.NotReached ? $"{Mutant}  [not reached]" : $"{Mutant}";
}
