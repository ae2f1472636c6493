using System.Text.RegularExpressions;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>
/// Follows README.md to the letter, in an empty folder: runs its commands, pastes its programs, and compares what they print with what it says.
/// </summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Clone = "clone https://github.com/rnn-mlnet/Rnn.MLNet";

    private static readonly string[] NotCloned = ["bin", "obj", "artifacts", ".git"];

    private readonly string _root = Directory.CreateTempSubdirectory("rnn-mlnet-readme-").FullName;

    [Fact]
    public async Task The_first_example_works_to_the_letter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are run in bash.");
        var folder = Directory.CreateDirectory(Path.Combine(_root, "empty")).FullName;
        CopyWorkingCopy();
        LinkPackages();
        var printed = "";

        foreach (var block in ReadmePage.Blocks("First example", "In another process"))
        {
            switch (block.Language)
            {
                case "bash":
                    // Each command by itself, as each may take long on a busy machine.
                    foreach (var command in block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    {
                        printed = await Run(folder, command);
                    }

                    break;
                case "csharp":
                    File.WriteAllText(Path.Combine(folder, ProgramFile().Match(block.Before).Groups[1].Value), block.Text);
                    break;
                case "text":
                    AssertPrinted(block.Text.TrimEnd(), printed);
                    break;
                default:
                    Assert.Fail($"The README has a block of '{block.Language}', which nobody can follow.");
                    break;
            }
        }

        // The first program used the package that was just made, the second one neither that nor libtorch.
        string[] trains = Libraries(Path.Combine(folder, "Train")), predicts = Libraries(Path.Combine(folder, "Predict"));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder, "Rnn.MLNet", "src", "Rnn.MLNet", "bin", "Release", "net10.0", "Rnn.MLNet.dll")),
            File.ReadAllBytes(trains.Single(path => Path.GetFileName(path) == "Rnn.MLNet.dll")));
        Assert.Contains("Microsoft.ML.OnnxTransformer.dll", predicts.Select(Path.GetFileName));
        Assert.DoesNotContain(predicts, path => Path.GetFileName(path) is "Rnn.MLNet.dll" or "TorchSharp.dll");
    }

    [Fact]
    public void Its_links_and_commands_name_what_exists()
    {
        var links = Link().Matches(ReadmePage.Text).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("https://", StringComparison.Ordinal));
        var projects = Project().Matches(ReadmePage.Text).Select(match => match.Groups[1].Value).Except(["Train", "Predict"]);
        string[] named = [.. links, .. projects];

        Assert.True(named.Length > 20);
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(ReadmePage.Repository, path)), $"The README names '{path}', which does not exist."));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>What git would clone, with what is not committed yet.</summary>
    private void CopyWorkingCopy()
    {
        Copy(new DirectoryInfo(ReadmePage.Repository), Path.Combine(_root, "clone"));

        static void Copy(DirectoryInfo from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var file in from.EnumerateFiles().Where(file => !NotCloned.Contains(file.Name)))
            {
                file.CopyTo(Path.Combine(to, file.Name));
            }

            foreach (var folder in from.EnumerateDirectories().Where(folder => !NotCloned.Contains(folder.Name) && folder.LinkTarget is null))
            {
                Copy(folder, Path.Combine(to, folder.Name));
            }
        }
    }

    /// <summary>The packages that this machine has, so that none is downloaded; without this library's, which would be those of another day.</summary>
    private void LinkPackages()
    {
        var known = Directory.CreateDirectory(Path.Combine(_root, "known")).FullName;
        var packages = typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;
        foreach (var package in Directory.EnumerateDirectories(packages).Where(path => !Path.GetFileName(path).StartsWith("rnn.mlnet", StringComparison.OrdinalIgnoreCase)))
        {
            Directory.CreateSymbolicLink(Path.Combine(known, Path.GetFileName(package)), package);
        }
    }

    /// <summary>Runs a command as it stands, except that the working copy is what git clones.</summary>
    private async Task<string> Run(string folder, string command)
    {
        var environment = new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Path.Combine(_root, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = Path.Combine(_root, "known"),
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            // Servers would outlive the test and hold its output open.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            // They change nothing that is packed, and take longer than the rest of the build.
            ["RunAnalyzers"] = "false",
        };
        var script = $$"""
            set -e
            git() { [ "$*" = "{{Clone}}" ] && mv '{{_root}}/clone' Rnn.MLNet; }
            cd '{{folder}}'
            {{command}}
            """;
        var ending = await ChildProcess.Run("bash", environment, "-c", script);
        Assert.SkipWhen(ending.Output.Contains("NU1301", StringComparison.Ordinal), "The package registry cannot be reached, and this machine does not have all packages.");
        return ending.Succeeded();
    }

    /// <summary>The last lines are those that the README shows; numbers with decimals may differ by what the processor rounds.</summary>
    private static void AssertPrinted(string shown, string printed)
    {
        var lines = string.Join('\n', printed.Split('\n').TakeLast(shown.Split('\n').Length).Select(line => line.TrimEnd()));

        Assert.Equal(Decimal().Replace(shown, "#"), Decimal().Replace(lines, "#"));
        Assert.All(Decimals(shown).Zip(Decimals(lines)), pair => Assert.Equal(pair.First, pair.Second, tolerance: 0.02));
    }

    private static IEnumerable<double> Decimals(string text) => Decimal().Matches(text).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture));

    private static string[] Libraries(string project) => Directory.GetFiles(Path.Combine(project, "bin"), "*.dll", SearchOption.AllDirectories);

    [GeneratedRegex(@"`(\w+/\w+\.cs)`")]
    private static partial Regex ProgramFile();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"--project ([\w./]+)")]
    private static partial Regex Project();
}
