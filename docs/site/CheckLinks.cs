#:package AngleSharp
#:property PublishAot=false
// Checks the links of a folder of HTML pages: every file that a page names is there, every #anchor is in the page it leads to, and links to the
// repository lead to files of this checkout. dotnet run docs/site/CheckLinks.cs -- FOLDER REPOSITORY-URL CHECKOUT
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

string site = Path.GetFullPath(args[0]), repository = args[1] + "/blob/main/", checkout = args[2];
var parser = new HtmlParser();
var pages = Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).ToDictionary(path => path, path => parser.ParseDocument(File.ReadAllText(path)));
var broken = new SortedSet<string>(StringComparer.Ordinal);
int links = 0, outside = 0;

foreach (var (page, document) in pages)
{
    foreach (var (attribute, element) in document.All.SelectMany(element => new[] { ("href", element), ("src", element) }))
    {
        if (element.GetAttribute(attribute) is { Length: > 0 } link)
        {
            links++;
            if (Fault(page, link) is { } fault)
            {
                broken.Add($"{Path.GetRelativePath(site, page)}: {link}: {fault}");
            }
        }
    }
}

Console.WriteLine($"{pages.Count} pages, {links} links, of which {outside} lead to other sites and were not followed, {broken.Count} broken");
foreach (string line in broken)
{
    Console.Error.WriteLine(line);
}

return pages.Count == 0 || broken.Count > 0 ? 1 : 0;

string? Fault(string page, string link)
{
    if (link.StartsWith(repository, StringComparison.Ordinal))
    {
        return Path.Exists(Path.Combine(checkout, Uri.UnescapeDataString(link[repository.Length..].Split('#')[0]))) ? null : "no such file in the repository";
    }

    var target = new Uri(new Uri("file://" + page), link);
    if (!target.IsFile)
    {
        outside++;
        return null;
    }

    string path = Directory.Exists(target.LocalPath) ? Path.Combine(target.LocalPath, "index.html") : target.LocalPath;
    string anchor = Uri.UnescapeDataString(target.Fragment.TrimStart('#'));
    return !File.Exists(path) ? "no such file"
        : anchor.Length == 0 || !pages.TryGetValue(path, out var document) || document.GetElementById(anchor) is not null || document.GetElementsByName(anchor).Length > 0 ? null
        : "no such anchor";
}
