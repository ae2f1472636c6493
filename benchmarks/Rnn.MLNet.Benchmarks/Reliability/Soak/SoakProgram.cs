namespace Rnn.MLNet.Benchmarks.Reliability.Soak;

/// <summary>
/// Implements --soak: several threads train, score, save, load, resume, cancel and run experiments at the same time, in rounds. After each round,
/// while they are idle, the resources of the process are counted.
/// </summary>
internal static class SoakProgram
{
    private const int Threads = 3;
    private const int Rounds = 12;

    /// <summary>The number of first rounds that do not count, because they load libraries, compile code and fill pools.</summary>
    private const int WarmUp = 3;

    /// <returns>Whether no resource grows.</returns>
    public static bool Run(TimeSpan time)
    {
        // Redirects all temporary files of this process to a folder where they can be counted.
        var temporary = Directory.CreateTempSubdirectory("rnn-soak-").FullName;
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", temporary);
        try
        {
            var work = Enumerable.Range(0, Threads).Select(thread => new SoakWork(Path.Combine(temporary, $"{thread}"))).ToList();
            var samples = new List<SoakSample>();
            var clock = Stopwatch.StartNew();
            MarkdownTable.Begin("minutes", "networks", "working set, MB", "managed, MB", "tensors", "threads", "handles", "temporary files");
            for (var round = 1; round <= Rounds; round++)
            {
                Round(work, clock, time * round / Rounds, round);
                var networks = work.Sum(part => part.Networks);
                var sample = SoakSample.Take(temporary);
                samples.Add(sample);
                MarkdownTable.Row($"{clock.Elapsed.TotalMinutes:F1}", $"{networks}", $"{sample.MegaBytes:F0}", $"{sample.ManagedMegaBytes:F1}", $"{sample.Tensors}", $"{sample.Threads}", $"{sample.Handles}", $"{sample.TemporaryFiles}");
            }

            var growth = Growth(samples[WarmUp..]).ToList();
            Console.WriteLine(growth.Count == 0 ? "\nNo resource grows." : $"\nGrowing resources: {string.Join(", ", growth)}.");
            return growth.Count == 0;
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static void Round(List<SoakWork> work, Stopwatch clock, TimeSpan end, int round)
    {
        var errors = new List<Exception>();
        var threads = work.Select((part, place) => new Thread(() =>
        {
            var random = new Random(round * Threads + place);
            try
            {
                do
                {
                    part.Turn(random);
                }
                while (clock.Elapsed < end);
            }
            catch (Exception exception)
            {
                lock (errors)
                {
                    errors.Add(exception);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"After {clock.Elapsed.TotalMinutes:F1} minutes: {errors[0]}", errors[0]);
        }
    }

    /// <summary>
    /// Returns the resources whose minimum in the second half exceeds their maximum in the first half. A single sample is not reliable: it may find
    /// a pool full or a thread about to end.
    /// </summary>
    private static IEnumerable<string> Growth(List<SoakSample> samples)
    {
        var (early, late) = (samples[..(samples.Count / 2)], samples[(samples.Count / 2)..]);
        // The number of pool threads varies by a few.
        (string Name, Func<SoakSample, double> Value, double Allowed)[] counts =
        [
            ("the working set", sample => sample.MegaBytes, 0.05 * early.Max(sample => sample.MegaBytes)),
            ("managed memory", sample => sample.ManagedMegaBytes, 5),
            ("tensors", sample => sample.Tensors, 0),
            ("threads", sample => sample.Threads, 4),
            ("handles", sample => sample.Handles, 8),
            ("temporary files", sample => sample.TemporaryFiles, 0),
        ];
        return counts.Where(count => late.Min(count.Value) > early.Max(count.Value) + count.Allowed).Select(count => count.Name);
    }
}
