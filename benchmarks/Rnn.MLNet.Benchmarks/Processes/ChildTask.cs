using System.Text.Json.Serialization;
using Rnn.MLNet.Benchmarks.Accuracy;
using Rnn.MLNet.Benchmarks.Memory;

namespace Rnn.MLNet.Benchmarks.Processes;

/// <summary>Work that is measured in a fresh process of this program, whose memory and speed depend on nothing that ran before.</summary>
internal static class ChildTask
{
    public const string Switch = "--child";

    private const string ResultMark = "result ";

    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Runs in the child: does the task and prints its values.</summary>
    public static void Run(string task)
    {
        var values = task.Split('/') switch
        {
            [AccuracyTask.Name, var contender] => AccuracyTask.Run(contender),
            [PrecisionContest.Name, var contender] => PrecisionContest.Run(contender),
            [ScoringMemoryTask.Name, var contender] => ScoringMemoryTask.Run(contender),
            [StreamMemoryTask.Name, var rows] => StreamMemoryTask.Run(rows),
            _ => throw new ArgumentException($"No task is named '{task}'.", nameof(task)),
        };
        Console.WriteLine(ResultMark + JsonSerializer.Serialize(values, Format));
    }

    /// <summary>Runs in the parent: starts the child and takes its values.</summary>
    /// <exception cref="InvalidOperationException">The child failed.</exception>
    public static double[] RunInFreshProcess(string task)
    {
        var (exitCode, output, errors) = FreshProcess.Run([Switch, task]);
        var result = output.Split('\n').LastOrDefault(line => line.StartsWith(ResultMark, StringComparison.Ordinal));
        return exitCode == 0 && result is not null
            ? JsonSerializer.Deserialize<double[]>(result[ResultMark.Length..], Format)!
            : throw new InvalidOperationException($"{task}: the process ended with {exitCode}. {errors.Trim()}");
    }
}
