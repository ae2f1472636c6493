using Spectre.Console;

namespace Sensors;

/// <summary>Prints the results of a run.</summary>
internal static class Report
{
    public static void Table(int machines) =>
        Console.WriteLine($"{machines * Machine.Minutes:N0} rows: vibration, temperature and current of {machines} machines, every minute of a shift");

    public static void Training(TrainingHistory history, TimeSpan time) =>
        Console.WriteLine($"trained in {time.TotalSeconds:F1} s: {history.Epochs.Count} epochs, minibatches of {history.BatchSize}");

    public static void Windows(MulticlassClassificationMetrics metrics)
    {
        Console.WriteLine($"windows of {SensorsExperiment.Watched} other machines: {metrics.MicroAccuracy:P1} right");
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

    public static void Saved(string path) => Console.WriteLine($"saved and loaded: {path}, {new FileInfo(path).Length:N0} bytes");

    public static void Streams(IReadOnlyList<StreamOutcome> outcomes, TimeSpan time)
    {
        var faulty = outcomes.Where(outcome => outcome.Machine.Fault != Machine.Healthy).ToList();
        var healthy = outcomes.Except(faulty).ToList();
        int[] delays = [.. faulty.Where(outcome => outcome.IsRight).Select(outcome => outcome.Delay).Order()];
        Console.WriteLine($"the same machines as live streams, {outcomes.Count * Machine.Minutes:N0} minutes in {time.TotalSeconds:F1} s:");
        Console.WriteLine($"  {delays.Length} of {faulty.Count} faults named rightly, in the median {Median(delays)} minutes after they began");
        Console.WriteLine($"  {healthy.Count(outcome => !outcome.IsRight)} of {healthy.Count} healthy machines with a false alarm");
        Console.WriteLine();
    }

    private static string Median(int[] sorted) => sorted.Length == 0 ? "–" : sorted[sorted.Length / 2].ToString(CultureInfo.InvariantCulture);
}
