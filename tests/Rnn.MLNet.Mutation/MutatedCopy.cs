using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rnn.MLNet.Mutation;

/// <summary>A copy of the repository whose library contains the mutants, together with the tests that run against it.</summary>
/// <param name="repository">The path of the repository.</param>
/// <param name="folder">The folder that the repository is copied to.</param>
internal sealed partial class MutatedCopy(string repository, string folder)
{
    private const string Framework = "net10.0";
    private const string Sources = "src";
    private const string Library = "src/Rnn.MLNet";
    private const string Tests = "tests/Rnn.MLNet.Tests";

    /// <summary>The path of the test program.</summary>
    public string Program { get; private set; } = "";

    /// <summary>Copies, mutates and builds the repository. Mutants that do not compile are left out.</summary>
    /// <param name="rooms">The rooms to mutate.</param>
    /// <returns>The mutants that compile.</returns>
    /// <exception cref="InvalidOperationException">The build fails for a reason other than a mutant.</exception>
    public List<MutationPoint> Build(IReadOnlyCollection<string> rooms)
    {
        Copy();
        var files = SourceFile.All(Path.Combine(repository, Sources)).Where(file => rooms.Contains(file.Room)).ToList();
        HashSet<int> refused = [];
        while (true)
        {
            Dictionary<string, SourceMutator> mutated = [];
            var next = 0;
            foreach (var file in files)
            {
                var mutator = mutated[file.Path] = new SourceMutator(file, File.ReadAllText(Path.Combine(repository, Sources, file.Path)), refused, next).Run();
                next = mutator.Next;
                File.WriteAllText(Path.Combine(folder, Sources, file.Path), mutator.Root.ToFullString());
            }

            var errors = ErrorLine().Matches(Dotnet("build", Path.Combine(Sources, SourceFile.LastProject), "-c", "Release", "-f", Framework, "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"));
            if (errors.Count == 0)
            {
                BuildTests();
                return [.. mutated.Values.SelectMany(mutator => mutator.Mutants)];
            }

            var before = refused.Count;
            foreach (Match error in errors)
            {
                var file = Path.GetRelativePath(Path.Combine(folder, Sources), error.Groups["file"].Value);
                if (mutated.TryGetValue(file, out var mutator))
                {
                    var lines = Microsoft.CodeAnalysis.Text.SourceText.From(mutator.Root.ToFullString()).Lines;
                    refused.UnionWith(mutator.At(
                        lines[int.Parse(error.Groups["line"].Value, null) - 1].Start + int.Parse(error.Groups["column"].Value, null) - 1));
                }
            }

            Console.WriteLine($"{refused.Count - before} of {next} mutants do not compile");
            if (refused.Count == before)
            {
                throw new InvalidOperationException($"The mutated library does not compile: {errors[0].Value}");
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<file>/[^(]+)\((?<line>\d+),(?<column>\d+)\): error .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    private void Copy()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Run("git", repository, "ls-files", "--cached", "--others", "--exclude-standard").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(Path.Combine(repository, file)))
            {
                // Deleted, but the deletion is not committed yet.
                continue;
            }

            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(repository, file), target);
        }

        var host = Path.Combine(AppContext.BaseDirectory, "Host");
        File.Copy(Path.Combine(host, "Mutant.cs"), Path.Combine(folder, Library, "Mutant.cs"));
        foreach (var file in (string[])["MutantHost.cs", "FirstFailure.cs"])
        {
            File.Copy(Path.Combine(host, file), Path.Combine(folder, Tests, "Situations", file));
        }
    }

    private void BuildTests()
    {
        var project = Path.Combine(folder, Tests, "Rnn.MLNet.Tests.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("Situations.Program</", "Situations.MutantHost</", StringComparison.Ordinal));
        var output = Dotnet("build", Tests, "-c", "Release", "-f", Framework, "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false");
        if (output.Contains(": error ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The tests do not compile:\n{output}");
        }

        Program = Run("dotnet", folder, "msbuild", Tests, "-p:Configuration=Release", $"-p:TargetFramework={Framework}", "-getProperty:TargetPath").Trim();
    }

    private string Dotnet(params string[] arguments) => Run("dotnet", folder, [.. arguments, "--nologo", "-v", "q"]);

    private static string Run(string program, string place, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = place, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
