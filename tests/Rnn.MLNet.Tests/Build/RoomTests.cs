using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Rnn.MLNet.Tests.Build;

/// <summary>
/// Each room of the library, a folder, uses only the rooms before it; what stands in the root, the catalogs, estimators and transformers,
/// may use all and is used by none. docs/architecture.md says what each room is for.
/// </summary>
public sealed partial class RoomTests
{
    private const string Root = "root";

    /// <summary>From the first, which uses none of the others, to the last.</summary>
    private static readonly string[] InOrder =
        ["Net8", "Options", "Files", "Native", "Reading", "Windows", "Kernels", "Onnx", "Cells", "Networks", "Tasks", "Training", "Scoring", "Saving", Root];

    private static readonly string Source = Path.Combine(RepositoryRoot(), "src", "Rnn.MLNet");

    private static readonly Dictionary<string, string> RoomOf = ReadRooms();

    private static readonly ArchUnitNET.Domain.Architecture Library = new ArchLoader().LoadAssemblies(typeof(RnnClassifierOptions).Assembly).Build();

    [Fact]
    public void Every_folder_is_a_room_in_the_order()
    {
        Assert.Equal(InOrder.Order(), RoomOf.Values.Distinct().Order());
    }

    [Fact]
    public void No_type_uses_one_of_a_later_room()
    {
        var uses = Library.Types
            .SelectMany(type => type.Dependencies)
            .Select(dependency => (From: Name(dependency.Origin), To: Name(dependency.Target)))
            .Where(use => RoomOf.ContainsKey(use.From) && RoomOf.ContainsKey(use.To))
            .Distinct()
            .ToList();

        // A test that saw nothing would pass.
        Assert.True(uses.Count > 500);
        Assert.Empty(uses.Where(use => IsLater(RoomOf[use.To], RoomOf[use.From])).Select(use => $"{RoomOf[use.From]}: {use.From} uses {use.To} of {RoomOf[use.To]}"));
    }

    /// <summary>What compiled code does not show: a directive that nothing needs, and constants.</summary>
    [Fact]
    public void No_file_names_a_later_room()
    {
        var names = from file in Files()
                    from Match match in NameOfRoom().Matches(File.ReadAllText(file))
                    let room = match.Groups[1].Value
                    where InOrder.Contains(room) && IsLater(room, RoomOfFile(file))
                    select $"{Path.GetRelativePath(Source, file)} names {match.Value}";

        Assert.Empty(names);
    }

    [Fact]
    public void No_file_is_longer_than_300_lines()
    {
        Assert.Empty(Files().Where(file => File.ReadLines(file).Count() > 300).Select(file => Path.GetRelativePath(Source, file)));
    }

    private static bool IsLater(string room, string than) => Array.IndexOf(InOrder, room) > Array.IndexOf(InOrder, than);

    /// <summary>The outermost type's name: lambdas and nested types are where that is.</summary>
    private static string Name(IType type) =>
        type is GenericParameter || type.Namespace is null ? "" : type.FullName[(type.Namespace.FullName.Length + 1)..].Split('+', '/', '`', '<')[0];

    private static Dictionary<string, string> ReadRooms()
    {
        var rooms = new Dictionary<string, string>();
        foreach (var file in Files())
        {
            foreach (Match match in Declaration().Matches(File.ReadAllText(file)))
            {
                rooms[match.Groups[2].Value] = match.Groups[1].Value == "RnnCell" ? "Options" : RoomOfFile(file);
            }
        }

        return rooms;
    }

    private static string RoomOfFile(string file)
    {
        var path = Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar);
        return path.Length == 1 ? Root : path[0];
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(file => RoomOfFile(file) is not ("bin" or "obj"));

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rnn.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        }

        return folder;
    }

    /// <summary>A type of a namespace. A public cell belongs to the options wherever it stands: it says what to compute, not how.</summary>
    [GeneratedRegex(@"^(?:public|internal) (?:(?:static|sealed|abstract|readonly|unsafe|partial|ref) )*(?:record struct|record|class|struct|interface|enum|delegate [\w<>]+) (?=\w+(?:\([^)]*\) : (RnnCell))?)(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bRnn\.MLNet\.(\w+)")]
    private static partial Regex NameOfRoom();
}
