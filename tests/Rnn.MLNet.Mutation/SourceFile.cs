namespace Rnn.MLNet.Mutation;

/// <summary>A file of the library, and the room that it is in.</summary>
/// <param name="Path">Relative to the folder of all sources.</param>
internal sealed record SourceFile(string Path)
{
    private const string Library = "Rnn.MLNet";

    /// <summary>What a room outside the library's own project begins with.</summary>
    private const string Beside = Library + ".";

    /// <summary>The project that holds all mutants: it builds what it references.</summary>
    public const string LastProject = "Rnn.MLNet.Experiments";

    /// <summary>The folder of the library, "." for its top folder; of the project beside it the last word of its name.</summary>
    public string Room { get; } = Path.Split('/') switch
    {
        [Library, _] => ".",
        [Library, var folder, ..] => folder,
        [var project, ..] => project[Beside.Length..],
        _ => throw new ArgumentException($"The file '{Path}' is in no project."),
    };

    /// <summary>The library's files and those of the project beside it, in the order of their paths.</summary>
    /// <param name="sources">The folder of all sources.</param>
    public static IEnumerable<SourceFile> All(string sources) =>
        new[] { Library, LastProject }
            .SelectMany(project => Directory.EnumerateFiles(System.IO.Path.Combine(sources, project), "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(sources, file).Replace('\\', '/'))
            .Where(file => file.Split('/')[1] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file));

    /// <inheritdoc />
    public override string ToString() => Path;
}
