using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a page of Markdown and makes its relative links absolute: to the same file on GitHub, at a tag. A link to a file that does not
/// exist is an error.
/// </summary>
/// <remarks>MSBuild compiles this file during the build, in Visual Studio too: it has to stay within .NET Standard 2.0.</remarks>
public class AbsoluteLinks : Task
{
    // Code first, which stays as it is: [a](b) in it is no link.
    private static readonly Regex CodeOrLink = new Regex(
        @"(?<fence>`+)(?:(?!`).)+?\k<fence>(?!`)|(?<before>\]\(\s*<?|^\s*\[[^\]]+\]:\s*|\b(?:src|href)="")(?<target>[^\s)>""]+)");

    private static readonly Regex Absolute = new Regex("^([a-zA-Z][a-zA-Z0-9+.-]*:|//)");
    private static readonly string[] Images = { ".png", ".svg", ".gif", ".jpg", ".jpeg", ".webp" };

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string RepositoryRoot { get; set; }

    [Required]
    public string RepositoryUrl { get; set; }

    [Required]
    public string Tag { get; set; }

    public override bool Execute()
    {
        var source = Path.GetFullPath(Source);
        var lines = File.ReadAllText(source).Split('\n');
        var isCode = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                var number = i + 1;
                lines[i] = CodeOrLink.Replace(lines[i], match =>
                    match.Groups["target"].Success ? match.Groups["before"].Value + Resolve(source, number, match.Groups["target"].Value) : match.Value);
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        File.WriteAllText(Destination, string.Join("\n", lines));
        return !Log.HasLoggedErrors;
    }

    private string Resolve(string source, int line, string target)
    {
        if (Absolute.IsMatch(target))
        {
            return target;
        }

        var parts = target.Split(new[] { '#' }, 2);
        var path = parts[0].Length == 0 ? source : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source), Uri.UnescapeDataString(parts[0])));
        var root = Path.GetFullPath(RepositoryRoot);
        if (!path.StartsWith(root, StringComparison.Ordinal) || !File.Exists(path) && !Directory.Exists(path))
        {
            Log.LogError(null, null, null, source, line, 0, 0, 0, "The link to '{0}' leads to no file of the repository.", target);
            return target;
        }

        var inRepository = string.Join("/", path.Substring(root.Length).Split(Path.DirectorySeparatorChar, '/').Select(Uri.EscapeDataString)).TrimEnd('/');
        var fragment = parts.Length == 2 ? "#" + parts[1] : "";
        // Pages of packages show images from few hosts, GitHub's pages not among them.
        return Images.Contains(Path.GetExtension(path).ToLowerInvariant())
            ? RepositoryUrl.Replace("https://github.com/", "https://raw.githubusercontent.com/") + "/" + Tag + "/" + inRepository
            : RepositoryUrl + (Directory.Exists(path) ? "/tree/" : "/blob/") + Tag + "/" + inRepository + fragment;
    }
}
