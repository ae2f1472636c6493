namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Implements --compare.</summary>
internal static class CompareProgram
{
    /// <summary>Runs the contests and prints their rows.</summary>
    public static void Measure(CompareOptions options)
    {
        var contests = Selected(options);
        var clock = Stopwatch.StartNew();
        var runner = new ContestRunner(options, line => Console.Error.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {line}"));
        var rows = new List<ResultRow>();
        var load = MachineLoad.Warning();
        if (load is not null)
        {
            Console.Error.WriteLine($"warning: {load}");
        }

        foreach (var contest in contests)
        {
            rows.AddRange(runner.Run(contest));
            // An interrupted run keeps the rows measured so far.
            WriteJson(options, rows);
        }

        Console.WriteLine(MachineDescription.Text);
        ResultTable.Print(rows);
        Console.WriteLine($"Measured in {clock.Elapsed:hh\\:mm\\:ss}. A ratio above 1 means better, also for times and memory.");
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        WriteMarkdown(options, rows, $"Measured on {date}: {MachineDescription.Text}.{(load is null ? "" : $" **{load}**")}");
    }

    /// <summary>Prints the rows of an earlier run.</summary>
    public static void Show(CompareOptions options, string jsonPath)
    {
        var rows = ResultJson.Read(jsonPath).Where(row => options.Only.Contains(row.Name)).ToList();
        ResultTable.Print(rows);
        WriteJson(options, rows);
        WriteMarkdown(options, rows, $"From `{Path.GetFileName(jsonPath)}`.");
    }

    /// <summary>Prints the names of the selected rows.</summary>
    public static void List(CompareOptions options)
    {
        foreach (var contest in Selected(options))
        {
            var names = contest.Metrics
                .SelectMany(metric => contest.Contenders.Select(contender => contest.RowName(metric, contender.Name)));
            foreach (var name in names.Where(options.Only.Contains))
            {
                Console.WriteLine(name);
            }
        }
    }

    private static List<Contest> Selected(CompareOptions options)
    {
        var selected = ContestList.Create().Where(options.Only.ContainsAnyOf).ToList();
        return selected.Count > 0 ? selected : throw new ArgumentException("No row matches --only; --compare --list prints all rows.");
    }

    private static void WriteJson(CompareOptions options, IReadOnlyList<ResultRow> rows)
    {
        if (options.JsonPath is not null)
        {
            ResultJson.Write(options.JsonPath, rows);
        }
    }

    private static void WriteMarkdown(CompareOptions options, IReadOnlyList<ResultRow> rows, string heading)
    {
        if (options.MarkdownPath is not null)
        {
            ResultMarkdown.Write(options.MarkdownPath, rows, heading);
        }
    }
}
