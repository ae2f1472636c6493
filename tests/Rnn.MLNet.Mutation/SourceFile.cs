namespace Rnn.MLNet.Mutation;

/// <summary>A source file and the room that it belongs to.</summary>
/// <param name="Path">The path of the file, relative to <c>src</c>.</param>
internal sealed record SourceFile(string Path)
{
    private const string Library = "Rnn.MLNet";

    /// <summary>The prefix of the names of all other projects.</summary>
    private const string Beside = Library + ".";

    /// <summary>The project to build: it references all others that contain mutants.</summary>
    public const string LastProject = "Rnn.MLNet.Experiments";

    /// <summary>The folder within the library, "." for its top folder; for another project the last part of its name.</summary>
    public string Room { get; } = Path.Split('/') switch
    {
        [Library, _] => ".",
        [Library, var folder, ..] => folder,
        [var project, ..] => project[Beside.Length..],
        _ => throw new ArgumentException($"The file '{Path}' is in no project."),
    };

    /// <summary>Returns the source files of the library and of <see cref="LastProject"/>, ordered by path, but for those that only .NET 8 compiles.</summary>
    /// <param name="sources">The path of <c>src</c>.</param>
    public static IEnumerable<SourceFile> All(string sources) =>
        new[] { Library, LastProject }
            .SelectMany(project => Directory.EnumerateFiles(System.IO.Path.Combine(sources, project), "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(sources, file).Replace('\\', '/'))
            .Where(file => file.Split('/')[1] is not ("bin" or "obj" or "Net8"))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file));

    /// <inheritdoc />
    public override string ToString() => Path;
}
