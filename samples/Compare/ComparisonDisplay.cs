using Spectre.Console;

namespace Compare;

/// <summary>Shows the progress of a comparison: a live table on a terminal, otherwise one line per trial.</summary>
internal static class ComparisonDisplay
{
    private const int MostRows = 12;

    public static ExperimentResult Show(Func<IProgress<ExperimentProgress>, ExperimentResult> run)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected || !console.Profile.Capabilities.Ansi)
        {
            return run(new Listener(progress =>
            {
                if (progress.Ended is { } ended)
                {
                    Console.WriteLine($"{Time(progress.ElapsedInSeconds)}  trial {ended.TrialId,2}  {Name(ended.TrainerName, ended.Settings)}: {Outcome(ended)}");
                }
            }));
        }

        var trials = new List<RnnRunDetail>();
        ExperimentResult? result = null;
        console.Live(new Text("reading the images")).AutoClear(true).Start(live =>
            result = run(new Listener(progress =>
            {
                if (progress.Ended is { } ended)
                {
                    trials.Add(ended);
                }

                live.UpdateTarget(Table(progress, trials));
            })));
        return result!;
    }

    public static void Leaderboard(ExperimentResult result)
    {
        Console.WriteLine();
        Console.WriteLine($"{"",3} {"candidate",-62} {"accuracy",9} {"log-loss",9} {"training",9} {"µs/row",9} {"model",9}");
        int place = 0;
        foreach (var run in result.Leaderboard)
        {
            Console.WriteLine(
                $"{++place,3} {Cut(Name(run.TrainerName, run.Settings), 62),-62} {run.ValidationMetrics!.MicroAccuracy,9:P2} {run.ValidationMetrics.LogLoss,9:F4} {Time(run.TrainingTimeInSeconds),9} {run.MicrosecondsPerRow,9:F1} {run.ModelSizeInBytes / 1000,6:N0} kB");
        }

        foreach (var run in result.RunDetails.Where(run => run.Loss is null))
        {
            Console.WriteLine($"  – {Name(run.TrainerName, run.Settings)}: {Outcome(run)}");
        }

        foreach (string name in result.NotRun)
        {
            Console.WriteLine($"  – {name}: no time left");
        }

        Console.WriteLine();
        Console.WriteLine($"{result.RunDetails.Count} trials in {Time(result.ElapsedInSeconds)}, ended by {result.EndedBy}, {result.OvershootInSeconds:F2} s over budget");
    }

    private static Table Table(ExperimentProgress progress, List<RnnRunDetail> trials)
    {
        var table = new Table().RoundedBorder().AddColumn("trial").AddColumn("candidate").AddColumn(new TableColumn("accuracy").RightAligned()).AddColumn(new TableColumn("time").RightAligned());
        table.Title = new TableTitle(Markup.Escape($"{progress.Completed} done, {Time(progress.RemainingInSeconds)} left, best: {(progress.Best is { } best ? $"{best.TrainerName} {best.ValidationMetrics!.MicroAccuracy:P2}" : "none yet")}"));
        foreach (var run in trials.TakeLast(MostRows))
        {
            string style = run.TrialId == progress.Best?.TrialId ? "green" : run.Loss is null ? "red" : "default";
            table.AddRow(
                $"{run.TrialId}", $"[{style}]{Markup.Escape(Cut(Name(run.TrainerName, run.Settings), 60))}[/]",
                run.ValidationMetrics is null ? "–" : $"{run.ValidationMetrics.MicroAccuracy:P2}", Time(run.RuntimeInSeconds));
        }

        foreach (var running in progress.Running)
        {
            table.AddRow($"{running.TrialId}", $"[yellow]{Markup.Escape(Cut(Name(running.TrainerName, running.Settings), 60))}[/]", "[yellow]running[/]", Time(running.ElapsedInSeconds));
        }

        return table;
    }

    private static string Outcome(RnnRunDetail run) => run.ValidationMetrics is { } metrics
        ? $"{metrics.MicroAccuracy:P2}, log-loss {metrics.LogLoss:F4}, {Time(run.RuntimeInSeconds)}"
        : run.Exception?.Message ?? "no metric";

    private static string Name(string name, IReadOnlyDictionary<string, string> settings) => settings.Count == 0
        ? name
        : $"{name} #{settings["Configuration"]} {settings["Cell"]}({settings["Units"]}) x{settings["Layers"]}{(settings["Bidirectional"] == "yes" ? " bidirectional" : "")}, lr {settings["LearningRate"]}, {settings["Steps"]} steps";

    private static string Time(double seconds) => seconds < 60 ? $"{seconds:F1} s" : $"{(int)seconds / 60}:{(int)seconds % 60:00} min";

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>Reports synchronously, on the thread of the experiment.</summary>
    private sealed class Listener(Action<ExperimentProgress> report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report(value);
    }
}
