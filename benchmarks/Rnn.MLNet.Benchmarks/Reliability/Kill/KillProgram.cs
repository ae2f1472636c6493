namespace Rnn.MLNet.Benchmarks.Reliability.Kill;

/// <summary>Implements --kill: kills training and saves at random moments and checks the files that are left.</summary>
internal static class KillProgram
{
    private const string Left = "temporary files left";

    /// <returns>Whether all training runs ended with the same bytes and all files were intact.</returns>
    public static bool Run(int kills, int seed)
    {
        var random = new Random(seed);
        var right = true;
        MarkdownTable.Begin("killed while training", "kills", "resumed from a checkpoint", "ended with the same bytes");
        foreach (var kind in KilledTraining.Kinds)
        {
            var whole = Train(kind, kill: null);
            var (resumed, equal) = (0, 0);
            for (var kill = 0; kill < kills; kill++)
            {
                var (firstStep, digest, _) = Train(kind, whole.Time * random.NextDouble());
                resumed += firstStep > whole.FirstStep ? 1 : 0;
                equal += digest == whole.Digest ? 1 : 0;
            }

            right &= equal == kills;
            MarkdownTable.Row(kind, $"{kills}", $"{resumed}", $"{equal}");
        }

        MarkdownTable.Begin("killed while saving", "kills", "old or new file, intact", Left);
        foreach (var kind in KilledSave.Kinds)
        {
            var (whole, left) = (0, 0);
            for (var kill = 0; kill < kills; kill++)
            {
                var (isWhole, rest) = Save(kind, TimeSpan.FromMilliseconds(random.Next(200)));
                whole += isWhole ? 1 : 0;
                left += rest;
            }

            right &= whole == kills;
            MarkdownTable.Row(kind, $"{kills}", $"{whole}", $"{left}");
        }

        return right;
    }

    /// <summary>Trains to the end, after being killed once unless <paramref name="kill"/> is null.</summary>
    private static (long FirstStep, string Digest, TimeSpan Time) Train(string kind, TimeSpan? kill)
    {
        var folder = Directory.CreateTempSubdirectory("rnn-kill-").FullName;
        try
        {
            if (kill is { } moment)
            {
                Kill([ReliabilityChild.Switch, KilledTraining.Name, kind, folder], KilledTraining.Ready, moment);
            }

            using var child = FreshProcess.Start([ReliabilityChild.Switch, KilledTraining.Name, kind, folder]);
            var errors = child.StandardError.ReadToEndAsync();
            var first = WaitFor(child, KilledTraining.Ready);
            var clock = Stopwatch.StartNew();
            // Training that was killed after its last step reports no further step.
            var digest = first.StartsWith(KilledTraining.Digest, StringComparison.Ordinal) ? first : WaitFor(child, KilledTraining.Digest);
            var time = clock.Elapsed;
            child.WaitForExit();
            if (child.ExitCode != 0)
            {
                Console.Error.WriteLine(errors.GetAwaiter().GetResult());
            }

            var step = first.StartsWith(KilledTraining.Ready, StringComparison.Ordinal) ? long.Parse(first[KilledTraining.Ready.Length..], System.Globalization.CultureInfo.InvariantCulture) : long.MaxValue;
            return (step, digest, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Kills a save and returns whether the file is intact, and how many other files are left.</summary>
    private static (bool IsWhole, int Left) Save(string kind, TimeSpan moment)
    {
        var folder = Directory.CreateTempSubdirectory("rnn-kill-").FullName;
        try
        {
            Kill([ReliabilityChild.Switch, KilledSave.Name, kind, folder], KilledSave.Ready, moment);
            string[] expected = [KilledSave.FileName, .. KilledSave.Versions];
            var left = Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Except(expected).Count();
            return (KilledSave.IsWhole(kind, folder), left);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Starts a child process and kills it some time after it reports that it is working.</summary>
    private static void Kill(string[] arguments, string ready, TimeSpan moment)
    {
        using var child = FreshProcess.Start(arguments);
        var errors = child.StandardError.ReadToEndAsync();
        var line = WaitFor(child, ready);
        Thread.Sleep(moment);
        child.Kill();
        child.WaitForExit();
        if (line.Length == 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        }
    }

    /// <summary>Returns the child's first line with this prefix or with a result; an empty string if the child exits.</summary>
    private static string WaitFor(Process child, string beginning)
    {
        while (child.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal) || line.StartsWith(KilledTraining.Digest, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }
}
