using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>Keeps the README's table of options complete.</summary>
public sealed class ReadmeOptionTests
{
    [Fact]
    public void The_README_names_every_option()
    {
        string readme = File.ReadAllText(ReadmeFile());
        var options = typeof(RnnClassifierOptions).GetProperties().Select(property => property.Name);

        Assert.All(options, name => Assert.Contains($"`{name}`", readme));
    }

    private static string ReadmeFile([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../README.md"));
}
