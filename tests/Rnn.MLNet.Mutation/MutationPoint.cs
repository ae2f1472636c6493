namespace Rnn.MLNet.Mutation;

/// <summary>One small change of the source.</summary>
/// <param name="Id">Its number in the mutated library.</param>
/// <param name="Room">The room that holds it (<see cref="SourceFile.Room"/>).</param>
/// <param name="File">The file, relative to the folder of all sources.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Original">What stands there.</param>
/// <param name="Replacement">What the mutant does instead.</param>
/// <param name="RunsOnce">It is in a static initialiser, so that only a process of its own can switch it on.</param>
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
