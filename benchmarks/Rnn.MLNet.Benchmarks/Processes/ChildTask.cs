using System.Text.Json.Serialization;
using Rnn.MLNet.Benchmarks.Accuracy;
using Rnn.MLNet.Benchmarks.Growth;
using Rnn.MLNet.Benchmarks.Memory;
using Rnn.MLNet.Benchmarks.Windows;

namespace Rnn.MLNet.Benchmarks.Processes;

/// <summary>Runs a measurement in a new process of this program, whose memory and speed do not depend on earlier work.</summary>
internal static class ChildTask
{
    public const string Switch = "--child";

    private const string ResultMark = "result ";

    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Runs a task in the child process and prints its values.</summary>
    public static void Run(string task)
    {
        var values = task.Split('/') switch
        {
            [AccuracyTask.Name, var contender] => AccuracyTask.Run(contender),
            [PrecisionContest.Name, var contender] => PrecisionContest.Run(contender),
            [ScoringMemoryTask.Name, var contender] => ScoringMemoryTask.Run(contender),
            [StreamMemoryTask.Name, var rows] => StreamMemoryTask.Run(rows),
            [FitMemoryTask.Name, var dimension, var value, .. var zip] => FitMemoryTask.Run(dimension, value, string.Join('/', zip)),
            [TransformMemoryTask.Name, var dimension, var value, .. var zip] => TransformMemoryTask.Run(dimension, value, string.Join('/', zip)),
            [WindowsTask.Name, var order, var rows] => WindowsTask.Run(order, rows),
            _ => throw new ArgumentException($"Unknown task '{task}'.", nameof(task)),
        };
        Console.WriteLine(ResultMark + JsonSerializer.Serialize(values, Format));
    }

    /// <summary>Starts a child process for a task and returns its values.</summary>
    /// <exception cref="InvalidOperationException">The child process failed.</exception>
    public static double[] RunInFreshProcess(string task)
    {
        var (exitCode, output, errors) = FreshProcess.Run([Switch, task]);
        var result = output.Split('\n').LastOrDefault(line => line.StartsWith(ResultMark, StringComparison.Ordinal));
        return exitCode == 0 && result is not null
            ? JsonSerializer.Deserialize<double[]>(result[ResultMark.Length..], Format)!
            : throw new InvalidOperationException($"{task}: the process exited with code {exitCode}. {errors.Trim()}");
    }
}
