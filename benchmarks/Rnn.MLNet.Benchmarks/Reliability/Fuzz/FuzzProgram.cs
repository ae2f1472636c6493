namespace Rnn.MLNet.Benchmarks.Reliability.Fuzz;

/// <summary>Implements --fuzz: thousands of damaged files of every kind, and of random options on random rows.</summary>
internal static class FuzzProgram
{
    private const int FailuresShown = 20;
    private const int InputsOfAChild = 1000;

    /// <returns>Whether every input was rejected with a clear error or gave the correct result.</returns>
    public static bool Run(int inputs, int seed, string? only, int? from)
    {
        var clock = Stopwatch.StartNew();
        var failures = new List<string>();
        var rows = new List<string[]>();
        foreach (var (target, share, _) in FuzzTargets.All.Where(target => only is null || target.Name == only))
        {
            var (first, count) = from is { } one ? (one, 1) : (0, (int)Math.Ceiling(inputs * (only is null ? share : 1)));
            var outcomes = new int[Enum.GetValues<FuzzOutcome>().Length];
            for (var start = first; start < first + count; start += InputsOfAChild)
            {
                foreach (var (input, result) in FuzzBatch.Run(target, seed, start, Math.Min(InputsOfAChild, first + count - start)))
                {
                    outcomes[(int)result.Outcome]++;
                    if (only is not null)
                    {
                        Console.Error.WriteLine($"{input}  {result.Outcome}: {result.Detail}");
                    }

                    if (result.IsFailure)
                    {
                        failures.Add($"{result.Outcome}: --fuzz --only {target} --seed {seed} --from {input}  {result.Detail}");
                    }
                }
            }

            rows.Add([target, $"{count}", .. outcomes.Select(outcome => $"{outcome}")]);
            Console.Error.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {target}: {count} inputs");
        }

        MarkdownTable.Begin(["input", "tried", .. Enum.GetNames<FuzzOutcome>().Select(name => name.ToLowerInvariant())]);
        rows.ForEach(MarkdownTable.Row);
        Console.WriteLine();
        Console.WriteLine($"Seed {seed}, {clock.Elapsed:hh\\:mm\\:ss}. {failures.Count} failures.");
        foreach (var failure in failures.Take(FailuresShown))
        {
            Console.WriteLine(failure.Length > 400 ? failure[..400] + "…" : failure);
        }

        return failures.Count == 0;
    }
}
