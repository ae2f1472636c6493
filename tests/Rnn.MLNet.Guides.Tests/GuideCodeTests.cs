using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Guides.Tests;

/// <summary>Every C# block of README.md and of the pages in docs/ compiles, with nothing but the page and UsualNames.cs.</summary>
public sealed class GuideCodeTests
{
    private const int MostNotCompiled = 3;

    private const string UsualNames = "UsualNames.cs";

    /// <summary>Languages that a fence may name; a block of C# under another name would not be compiled.</summary>
    private static readonly string[] Languages = ["csharp", "cs", "", "bash", "json", "xml", "yaml", "python", "dockerfile", "html", "javascript", "text"];

    private static readonly Lazy<GuideBlock[]> AllBlocks = new(Read);

    private static readonly Lazy<Dictionary<string, (GuideBlock Block, string[] Problems)>> Compiled = new(CompileAll);

    public static TheoryData<string> Blocks => [.. CSharp.Where(block => block.NotCompiled is null).Select(block => block.ToString()).Prepend($"{UsualNames}:1")];

    private static IEnumerable<GuideBlock> CSharp => AllBlocks.Value.Where(block => block.IsCSharp);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void The_block_compiles(string block)
    {
        string[] problems = Compiled.Value[block].Problems;

        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Few_blocks_are_not_compiled_and_each_says_why()
    {
        var marked = CSharp.Where(block => block.NotCompiled is not null).ToList();

        Assert.True(marked.Count <= MostNotCompiled, $"More than {MostNotCompiled} blocks are not compiled: {string.Join(", ", marked)}");
        Assert.All(marked, block => Assert.True(block.NotCompiled!.Length >= 10, $"{block}: the mark gives no reason."));
        Assert.All(marked, block => Assert.True(Compiled.Value[block.ToString()].Problems.Length > 0, $"{block}: the block compiles, so the mark is wrong."));
    }

    [Fact]
    public void Every_fence_names_a_known_language()
    {
        Assert.All(AllBlocks.Value, block => Assert.True(Languages.Contains(block.Language), $"{block}: '{block.Language}' is none of {string.Join(", ", Languages)}."));
    }

    [Fact]
    public void Every_fence_is_read()
    {
        Assert.All(Pages(), page => Assert.True(
            File.ReadLines(page).Count(line => line.TrimStart().StartsWith("```", StringComparison.Ordinal)) == 2 * AllBlocks.Value.Count(block => block.Page == Name(page)),
            $"{Name(page)}: a fence has no end."));
    }

    [Fact]
    public void The_site_lists_every_page()
    {
        string contents = File.ReadAllText(Path.Combine(Repository(), "docs", "toc.yml"));
        var pages = Directory.EnumerateFiles(Path.Combine(Repository(), "docs"), "*.md").Select(page => Path.GetFileName(page)).Where(page => page != "index.md");

        Assert.All(pages, page => Assert.Contains($"href: {page}\n", contents));
    }

    private static GuideBlock[] Read() => [.. Pages().SelectMany(page => GuideBlock.Of(Name(page), File.ReadAllText(page)))];

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Path.Combine(Repository(), "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Prepend(Path.Combine(Repository(), "README.md"));

    private static Dictionary<string, (GuideBlock, string[])> CompileAll()
    {
        var references = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList();
        using var file = new StreamReader(typeof(GuideCodeTests).Assembly.GetManifestResourceStream(UsualNames)!);
        var usual = new GuideBlock(UsualNames, 1, "cs", file.ReadToEnd(), null);
        var pages = CSharp.GroupBy(block => block.Page).AsParallel().Select(page => GuideCompiler.Compile(page.Prepend(usual), references).ToList()).ToList();
        return pages[0].Take(1).Concat(pages.SelectMany(page => page.Skip(1))).ToDictionary(block => block.Block.ToString());
    }

    private static string Name(string page) => Path.GetRelativePath(Repository(), page).Replace('\\', '/');

    private static string Repository([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../.."));
}
