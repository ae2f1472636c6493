using System.Text;
using Spectre.Console;

namespace Sensors;

/// <summary>Shows the stream of one machine: its vibration, its temperature and the probability of a fault, one line for every ten minutes, and marks where its fault begins and where it is detected.</summary>
internal static class LiveStream
{
    private const int MinutesPerLine = 10;
    private const int BarWidth = 10;
    private const int MinutesAfterDetection = 30;
    private const string Blocks = "▁▂▃▄▅▆▇█";

    public static void Show(RnnClassifierTransformer network, Machine machine, int delay, CancellationToken stop)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{machine.Name}[/], live; each line is {MinutesPerLine} minutes");
        AnsiConsole.MarkupLine("[grey]time   vibration    °C  fault?     most probable[/]");
        using var engine = network.CreateStepEngine();
        var watch = new Watch(engine);
        var vibration = new StringBuilder();
        bool wasReported = false;
        foreach (var measurement in machine.Shift())
        {
            stop.ThrowIfCancellationRequested();
            var scores = watch.Step(measurement);
            float healthy = scores[engine.Classes.Index().First(state => state.Item == Machine.Healthy).Index];
            vibration.Append(Blocks[Math.Clamp((int)((measurement.Vibration - 1) * 2), 0, Blocks.Length - 1)]);
            if (vibration.Length == MinutesPerLine)
            {
                string mark = Mark(machine, watch, (int)engine.Steps - MinutesPerLine, ref wasReported);
                string bar = new string('█', (int)MathF.Round((1 - healthy) * BarWidth)).PadRight(BarWidth, '·');
                // Grey as long as the network has seen less than a window.
                string color = engine.Steps < engine.TimeSteps ? "grey" : watch.Fault is null ? "green" : "red";
                AnsiConsole.MarkupLine(
                    $"{measurement.Time:HH:mm}  {vibration}  {measurement.Temperature:F1}  [{color}]{bar} {engine.PredictedLabel,-15}[/] [bold]{mark}[/]");
                vibration.Clear();
            }

            if (delay > 0)
            {
                stop.WaitHandle.WaitOne(delay);
            }

            if (watch.Fault is not null && engine.Steps > watch.Minute + MinutesAfterDetection)
            {
                return;
            }
        }
    }

    private static string Mark(Machine machine, Watch watch, int lineStart, ref bool wasReported)
    {
        string mark = machine.FaultMinute >= lineStart && machine.FaultMinute < lineStart + MinutesPerLine ? "◀ the fault begins" : "";
        if (watch.Fault is not null && !wasReported)
        {
            wasReported = true;
            mark += $"◀ detected after {watch.Minute - machine.FaultMinute} min";
        }

        return mark;
    }
}
