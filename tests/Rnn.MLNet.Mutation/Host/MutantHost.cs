using System.Globalization;
using Xunit.Runner.Common;
using Xunit.Runner.InProc.SystemConsole;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>
/// Reads requests from standard input, one per line, and runs tests with one mutant active for each. Compiling once and reusing a warm process
/// makes thousands of mutants affordable. Compiled into the copied tests.
/// </summary>
internal static class MutantHost
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 0)
        {
            return Program.Main(args);
        }

        await using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        while (Console.ReadLine() is { } line)
        {
            // MUTANT COVER CLASS METHOD: COVER is 1 to record the reached mutants, METHOD is * for all methods.
            var request = line.Split(' ');
            var folder = request[1] == "1" ? Directory.CreateTempSubdirectory().FullName : null;
            Environment.SetEnvironmentVariable(Mutant.ReachedVariable, folder);
            Mutant.SwitchTo(int.Parse(request[0], CultureInfo.InvariantCulture));
            Mutant.NoteReached(folder is not null);
            var failure = await Run(request[2], request[3]);
            var reached = Mutant.NoteReached(note: false).ToHashSet();
            if (folder is not null)
            {
                foreach (var child in Directory.EnumerateFiles(folder))
                {
                    reached.UnionWith(File.ReadAllText(child).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
                }

                Directory.Delete(folder, recursive: true);
            }

            await answers.WriteLineAsync($"\u0001{failure ?? "-"} {string.Join(' ', reached)}");
        }

        return 0;
    }

    private static async Task<string?> Run(string type, string method)
    {
        var tests = typeof(MutantHost).Assembly;
        var selection = new XunitProjectAssembly(new XunitProject(), tests.Location, new AssemblyMetadata(3, null)) { Assembly = tests };
        selection.Configuration.ParallelizeTestCollections = false;
        selection.Configuration.StopOnFail = true;
        if (method == "*")
        {
            selection.Configuration.Filters.AddIncludedClassFilter(type);
        }
        else
        {
            selection.Configuration.Filters.AddIncludedMethodFilter($"{type}.{method}");
        }

        using var end = new CancellationTokenSource();
        var failure = new FirstFailure();
        var runner = new ProjectAssemblyRunner(tests, AutomatedMode.Off, end);
        await runner.Run(selection, failure, diagnosticMessageSink: null, new ConsoleRunnerLogger(false, false, new ConsoleHelper(TextReader.Null, TextWriter.Null), false), pipelineStartup: null);
        return failure.Method;
    }
}
