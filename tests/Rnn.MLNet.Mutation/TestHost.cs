using System.Diagnostics;
using System.Globalization;

namespace Rnn.MLNet.Mutation;

/// <summary>A process of the mutated tests that stays warm; begun anew after one that crashed or took too long.</summary>
internal sealed class TestHost(string program) : IDisposable
{
    private Process? _process;

    /// <summary>All methods of a class.</summary>
    public const string AllMethods = "*";

    /// <summary>How a run ended.</summary>
    /// <param name="Passed">Every test passed.</param>
    /// <param name="FailedMethod">The method that failed, * for the class as a whole; null where the process crashed or took too long.</param>
    /// <param name="Reached">The mutants that were reached, if asked.</param>
    /// <param name="Milliseconds">How long it took.</param>
    internal sealed record Outcome(bool Passed, string? FailedMethod, int[] Reached, long Milliseconds);

    /// <summary>Runs tests with one mutant switched on.</summary>
    /// <param name="mutant">The mutant, or -1.</param>
    /// <param name="type">The test class.</param>
    /// <param name="method">The method, or <see cref="AllMethods"/>.</param>
    /// <param name="limit">After this time the process is ended.</param>
    /// <param name="cover">Whether to note the reached mutants.</param>
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
            // Both mean that the mutant was noticed: it never ends, or it ended the process.
        }

        Dispose();
        return new Outcome(false, null, [], watch.ElapsedMilliseconds);
    }

    /// <summary>Ends the process; the next run begins a new one.</summary>
    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _process = null;
    }

    private Process Start(int mutant)
    {
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Several hosts share the cores: their threads are not to wait by spinning.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["RNN_MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
