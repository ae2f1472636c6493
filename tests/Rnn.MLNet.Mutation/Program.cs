using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Rnn.MLNet.Mutation;

var room = new Option<string[]>("--room")
{
    Description = "A folder of src/Rnn.MLNet to mutate, \".\" for the top folder, or Experiments for the project src/Rnn.MLNet.Experiments. Can be repeated.",
    Required = true,
    AllowMultipleArgumentsPerToken = true,
};
var sample = new Option<int>("--sample") { Description = "Run only one in N mutants, the same ones every time.", DefaultValueFactory = _ => 1 };
var share = new Option<double>("--share")
{
    Description = "The time limit for the tests of one mutant, as a fraction of the time of all tests.",
    DefaultValueFactory = _ => 0.05,
};
var workers = new Option<int>("--workers") { Description = "The number of parallel test processes.", DefaultValueFactory = _ => Environment.ProcessorCount };
var tests = new Option<string[]>("--tests")
{
    Description = "Test folders to run; all if omitted.",
    DefaultValueFactory = _ => [],
    AllowMultipleArgumentsPerToken = true,
};
var again = new Option<FileInfo?>("--again") { Description = "Run only the survivors that an earlier run listed in this file." };
var output = new Option<DirectoryInfo>("--output")
{
    Description = "The folder for survivors.txt and killed.txt.",
    DefaultValueFactory = _ => new DirectoryInfo("artifacts/mutation"),
};
var command = new RootCommand("Mutation testing: makes small changes to the library, one at a time, and reports which of them the tests do not detect.")
{
    room, tests, sample, share, workers, again, output,
};
command.SetAction(async (parsed, _) =>
{
    var watch = Stopwatch.StartNew();
    var folder = Directory.CreateTempSubdirectory("rnn-mutation-");
    try
    {
        var copy = new MutatedCopy(Directory.GetCurrentDirectory(), folder.FullName);
        var all = copy.Build(parsed.GetValue(room)!);
        var chosen = all.Where(mutant => mutant.Id % parsed.GetValue(sample) == 0).ToList();
        if (parsed.GetValue(again) is { } file)
        {
            var listed = File.ReadLines(file.FullName).Select(line => line.Replace("  [not reached]", "", StringComparison.Ordinal)).ToHashSet();
            chosen = [.. all.Where(mutant => listed.Contains(mutant.ToString()))];
        }

        Console.WriteLine(Line($"{all.Count} mutants, {chosen.Count} to run; built after {watch.Elapsed:m\\:ss}"));
        var classes = await Trial.Measure(copy.Program, Classes(copy.Program, parsed.GetValue(tests)!), parsed.GetValue(workers));
        Console.WriteLine(Line($"{classes.Count} test classes take {classes.Sum(tests => tests.Milliseconds) / 1000} s; measured after {watch.Elapsed:m\\:ss}"));
        var verdicts = await new Trial(classes, parsed.GetValue(share)).Try(copy.Program, chosen, parsed.GetValue(workers));

        var target = parsed.GetValue(output)!;
        target.Create();
        File.WriteAllLines(Path.Combine(target.FullName, "survivors.txt"), verdicts.Where(one => !one.IsKilled).OrderBy(one => one.Mutant.Id).Select(one => one.ToString()));
        File.WriteAllLines(Path.Combine(target.FullName, "killed.txt"), verdicts.Where(one => one.IsKilled).OrderBy(one => one.Mutant.Id).Select(one => $"{one}  by {one.Test}"));
        Console.WriteLine($"{"room",-12} {"mutants",8} {"killed",8} {"ended",8} {"survived",9} {"unreached",10} {"score",7}");
        foreach (var one in verdicts.GroupBy(verdict => verdict.Mutant.Room).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            int Count(VerdictKind kind) => one.Count(verdict => verdict.Kind == kind);
            Console.WriteLine(Line(
                $"{one.Key,-12} {one.Count(),8} {Count(VerdictKind.Killed),8} {Count(VerdictKind.EndedProcess),8} {Count(VerdictKind.Survived),9} {Count(VerdictKind.NotReached),10} {(double)one.Count(verdict => verdict.IsKilled) / one.Count(),7:P1}"));
        }

        Console.WriteLine(Line($"after {watch.Elapsed:m\\:ss}; survivors in {Path.Combine(target.FullName, "survivors.txt")}"));
    }
    finally
    {
        folder.Delete(recursive: true);
    }
});
return await command.Parse(args).InvokeAsync();

static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

static List<string> Classes(string program, string[] folders)
{
    var prefixes = folders.Length == 0 ? ["Rnn.MLNet.Tests."] : folders.Select(folder => $"Rnn.MLNet.Tests.{folder}.").ToArray();
    using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "-list", "classes"]) { RedirectStandardOutput = true })!;
    var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    process.WaitForExit();
    return [.. lines.Where(line => prefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal)))];
}
