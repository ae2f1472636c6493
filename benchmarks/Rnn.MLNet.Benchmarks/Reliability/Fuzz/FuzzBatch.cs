namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Runs a batch of inputs in a child process. If the child exits or stops responding, that is the outcome of the current input.</summary>
internal static class FuzzBatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static IEnumerable<(int Input, FuzzResult Result)> Run(string target, int seed, int from, int count)
    {
        for (int next = from; next < from + count;)
        {
            using var child = FreshProcess.Start([ReliabilityChild.Switch, FuzzChild.Name, target, Text(seed), Text(next), Text(from + count - next)]);
            var errors = child.StandardError.ReadToEndAsync();
            int? begun = null;
            while (ReadLine(child) is { } line)
            {
                if (line.StartsWith(FuzzChild.Begin, StringComparison.Ordinal))
                {
                    begun = int.Parse(line[FuzzChild.Begin.Length..], CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith(FuzzChild.Result, StringComparison.Ordinal))
                {
                    yield return (next, JsonSerializer.Deserialize<FuzzResult>(line[FuzzChild.Result.Length..])!);
                    next++;
                    begun = null;
                }
            }

            var hangs = !child.WaitForExit(TimeSpan.FromSeconds(10));
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
            if (begun is not null)
            {
                var end = hangs ? $"no answer in {Patience.TotalSeconds:F0} s" : $"the process exited with code {child.ExitCode}: {Last(errors.GetAwaiter().GetResult())}";
                yield return (next++, new FuzzResult(hangs ? FuzzOutcome.Hang : FuzzOutcome.Crash, end));
            }
            else if (next < from + count)
            {
                throw new InvalidOperationException($"{target}: the child process exited between two inputs. {errors.GetAwaiter().GetResult()}");
            }
        }
    }

    /// <summary>Returns the child's next line; null if it exits or does not respond in time.</summary>
    private static string? ReadLine(Process child)
    {
        var line = child.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Last(string errors) => errors.Trim().Split('\n')[0];
}
