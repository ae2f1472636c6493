using System.Text.RegularExpressions;

namespace Rnn.MLNet.Guides.Tests;

/// <summary>One fenced block of a page.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Line">The number of the block's first line, counted from 1.</param>
/// <param name="Language">What the fence names, such as <c>csharp</c>; empty if it names nothing.</param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="NotCompiled">The reason of the mark <c>&lt;!-- not compiled: reason --&gt;</c> before the fence; null without a mark.</param>
internal sealed partial record GuideBlock(string Page, int Line, string Language, string Text, string? NotCompiled)
{
    public bool IsCSharp => Language is "csharp" or "cs";

    public override string ToString() => $"{Page}:{Line}";

    public static IEnumerable<GuideBlock> Of(string page, string markdown) =>
        from Match match in Fence().Matches(markdown.ReplaceLineEndings("\n"))
        select new GuideBlock(
            page,
            markdown.ReplaceLineEndings("\n").AsSpan(0, match.Groups["text"].Index).Count('\n') + 1,
            match.Groups["language"].Value,
            match.Groups["text"].Value,
            match.Groups["mark"].Success ? match.Groups["reason"].Value.Trim() : null);

    [GeneratedRegex(@"^(?<mark>[ ]*<!-- not compiled:(?<reason>[^>]*)-->\n\s*)?(?<indent>[ ]*)(?<fence>`{3,})[ ]*(?<language>[^\n]*?)[ ]*\n(?<text>(?:.*\n)*?)[ ]*\k<fence>[ ]*$", RegexOptions.Multiline)]
    private static partial Regex Fence();
}
