using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>README.md, as the tests read it.</summary>
internal static class ReadmePage
{
    /// <summary>The folder of the repository.</summary>
    public static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../.."));

    public static readonly string Text = File.ReadAllText(Path.Combine(Repository, "README.md"));

    /// <summary>The fenced blocks of the sections with these headings, in order.</summary>
    public static IEnumerable<Block> Blocks(params string[] headings)
    {
        var (heading, before, opened) = ("", "", false);
        Block? block = null;
        foreach (var line in Text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                opened = !opened;
                if (opened)
                {
                    block = new Block(line[3..], before, "");
                }
                else if (headings.Contains(heading))
                {
                    yield return block!;
                }
            }
            else if (opened)
            {
                block = block! with { Text = block.Text + line + "\n" };
            }
            else
            {
                heading = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : heading;
                before = line.Length > 0 ? line : before;
            }
        }
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;

    /// <summary>A fenced block.</summary>
    /// <param name="Language">What stands behind the fence.</param>
    /// <param name="Before">The last line of text before it.</param>
    /// <param name="Text">Its lines.</param>
    internal sealed record Block(string Language, string Before, string Text);
}
