using System.Diagnostics;
using System.Globalization;

namespace Rnn.MLNet.Mutation;

/// <summary>A warm process of the mutated tests, which is restarted after a crash or a timeout.</summary>
internal sealed class TestHost(string program) : IDisposable
{
    private Process? _process;

    /// <summary>Stands for all methods of a class.</summary>
    public const string AllMethods = "*";

    /// <summary>The outcome of a run.</summary>
    /// <param name="Passed">Whether all tests passed.</param>
    /// <param name="FailedMethod">The method that failed, or "*" for the class as a whole; null if the tests passed, or the process crashed or timed
    /// out.</param>
    /// <param name="Reached">The mutants that were reached, if recorded.</param>
    /// <param name="Milliseconds">The duration of the run, in milliseconds.</param>
    internal sealed record Outcome(bool Passed, string? FailedMethod, int[] Reached, long Milliseconds);

    /// <summary>Runs tests with one mutant active.</summary>
    /// <param name="mutant">The id of the mutant; -1 for none.</param>
    /// <param name="type">The test class.</param>
    /// <param name="method">The method, or <see cref="AllMethods"/>.</param>
    /// <param name="limit">The time after which the process is killed.</param>
    /// <param name="cover">Whether to record the reached mutants.</param>
    public async Task<Outcome> Run(int mutant, string type, string method, TimeSpan limit, bool cover = false)
    {
        _process ??= Start(mutant);
        var watch = Stopwatch.StartNew();
        try
        {
            await _process.StandardInput.WriteLineAsync($"{mutant.ToString(CultureInfo.InvariantCulture)} {(cover ? 1 : 0)} {type} {method}");
            await _process.StandardInput.FlushAsync();
            using var end = new CancellationTokenSource(limit);
            while (await _process.StandardOutput.ReadLineAsync(end.Token) is { } line)
            {
                if (line.IndexOf('\u0001', StringComparison.Ordinal) is >= 0 and var mark)
                {
                    var answer = line[(mark + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    var failed = answer[0] == "-" ? null : answer[0];
                    return new Outcome(failed is null, failed, [.. answer[1..].Select(id => int.Parse(id, null))], watch.ElapsedMilliseconds);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The mutant hangs or has ended the process. Either way it is detected.
        }

        Dispose();
        return new Outcome(false, null, [], watch.ElapsedMilliseconds);
    }

    /// <summary>Kills the process; the next run starts a new one.</summary>
    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _process = null;
    }

    private Process Start(int mutant)
    {
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Several hosts share the cores, so their threads should not spin while waiting.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["RNN_MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
