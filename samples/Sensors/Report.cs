using Spectre.Console;

namespace Sensors;

/// <summary>Prints the results of a run.</summary>
internal static class Report
{
    public static void Table(int machines) =>
        AnsiConsole.MarkupLineInterpolated($"{machines} machines, {machines * Machine.Minutes:N0} rows: vibration, temperature and current of every minute of a shift");

    public static void Training(TrainingHistory history, TimeSpan time) =>
        AnsiConsole.MarkupLineInterpolated($"trained in {time.TotalSeconds:F1} s: {history.Epochs.Count} epochs, minibatches of {history.BatchSize}");

    public static void Windows(MulticlassClassificationMetrics metrics)
    {
        AnsiConsole.MarkupLineInterpolated($"windows of machines that it has not seen: [bold]{metrics.MicroAccuracy:P1}[/] right, mean of the states {metrics.MacroAccuracy:P1}");
        var table = new Table().Border(TableBorder.Simple).AddColumn("true state, recall");
        foreach (string state in Machine.States)
        {
            table.AddColumn(new TableColumn(state).RightAligned());
        }

        for (int i = 0; i < Machine.States.Length; i++)
        {
            table.AddRow([$"{Machine.States[i]}, {metrics.ConfusionMatrix.PerClassRecall[i]:P0}", .. metrics.ConfusionMatrix.Counts[i].Select(count => $"{count:N0}")]);
        }

        AnsiConsole.Write(table);
    }

    public static void Saved(string path) => AnsiConsole.MarkupLineInterpolated($"saved and loaded: {path}, {new FileInfo(path).Length:N0} bytes");

    public static void Streams(IReadOnlyList<StreamOutcome> outcomes)
    {
        var faulty = outcomes.Where(outcome => outcome.Machine.Fault != Machine.Healthy).ToList();
        var healthy = outcomes.Count - faulty.Count;
        int[] delays = [.. faulty.Where(outcome => outcome.IsRight).Select(outcome => outcome.Delay).Order()];
        AnsiConsole.MarkupLineInterpolated(
            $"live streams of {outcomes.Count} machines that it has not seen: [bold]{delays.Length} of {faulty.Count} faults[/] named rightly, in the median {Median(delays)} minutes after they began; no alarm on {healthy - outcomes.Except(faulty).Count(outcome => !outcome.IsRight)} of {healthy} healthy machines");
        AnsiConsole.MarkupLineInterpolated($"{outcomes.Min(outcome => outcome.StepTime).TotalMicroseconds:F1} µs a step");
        Console.WriteLine();
    }

    private static string Median(int[] sorted) => sorted.Length == 0 ? "–" : sorted[sorted.Length / 2].ToString(CultureInfo.InvariantCulture);
}
