namespace Rnn.MLNet;

/// <summary>
/// Shows the progress of training on the console: <c>Progress = new ConsoleProgress()</c>. On a terminal, a bar with epoch, loss, accuracy, rows per second
/// and the time left is redrawn in place, at most ten times a second, and each epoch leaves a line; in a file or a pipe there are only these lines. The text
/// is that of <see cref="TrainingProgress.ToString"/>.
/// </summary>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int BarWidth = 20;

    private readonly ConsoleLine _line;

    /// <summary>Creates a listener that writes to <see cref="Console.Out"/>.</summary>
    public ConsoleProgress()
        : this(new ConsoleLine())
    {
    }

    internal ConsoleProgress(ConsoleLine line) => _line = line;

    /// <summary>Shows a report.</summary>
    /// <param name="value">The report.</param>
    /// <exception cref="ArgumentNullException">Thrown if <paramref name="value"/> is null.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.EpochEnded)
        {
            _line.Write($"{value}");
        }
        else
        {
            _line.Replace(() => $"{Bar(value)} {value}");
        }
    }

    private static string Bar(TrainingProgress progress)
    {
        var filled = (int)Math.Clamp(BarWidth * progress.Step / Math.Max(progress.TotalSteps, 1), 0, BarWidth);
        return $"[{new string('#', filled).PadRight(BarWidth, '.')}]";
    }
}
