namespace Rnn.MLNet.Mutation;

/// <summary>A mutation: one small change to the source.</summary>
/// <param name="Id">The number of the mutant in the mutated library.</param>
/// <param name="Room">The room of the file (<see cref="SourceFile.Room"/>).</param>
/// <param name="File">The path of the file, relative to <c>src</c>.</param>
/// <param name="Line">The one-based line.</param>
/// <param name="Column">The one-based column.</param>
/// <param name="Original">The original code.</param>
/// <param name="Replacement">The code of the mutant.</param>
/// <param name="RunsOnce">Whether the code is in a static initialiser, so the mutant needs a new process to take effect.</param>
internal sealed record MutationPoint(
    int Id, string Room, string File, int Line, int Column, string Original, string Replacement, bool RunsOnce)
{
    /// <inheritdoc />
    public override string ToString() => $"{File}({Line},{Column}): {Short(Original)}  ->  {Short(Replacement)}";

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..87] + "...";
    }
}
