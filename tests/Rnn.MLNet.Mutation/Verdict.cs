namespace Rnn.MLNet.Mutation;

/// <summary>What became of a mutant.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Test">The test that noticed it.</param>
internal sealed record Verdict(MutationPoint Mutant, VerdictKind Kind, string Test)
{
    /// <summary>Whether the tests noticed it.</summary>
    public bool IsKilled => Kind is VerdictKind.Killed or VerdictKind.EndedProcess;

    /// <inheritdoc />
    public override string ToString() => Kind == VerdictKind.NotReached ? $"{Mutant}  [not reached]" : $"{Mutant}";
}
