using System.Globalization;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// Shows the progress of an experiment on the console: <c>experiment.Execute(train, progressHandler: new ExperimentConsoleProgress())</c>. Each trial that
/// ends leaves a line with its micro-accuracy or the reason of its failure; on a terminal, the line behind it, <see cref="ExperimentProgress.ToString"/>, is
/// redrawn in place.
/// </summary>
public sealed class ExperimentConsoleProgress : IProgress<ExperimentProgress>
{
    private readonly ConsoleLine _line;

    /// <summary>Creates a listener that writes to <see cref="Console.Out"/>.</summary>
    public ExperimentConsoleProgress()
        : this(new ConsoleLine())
    {
    }

    internal ExperimentConsoleProgress(ConsoleLine line) => _line = line;

    /// <summary>Shows a report.</summary>
    /// <param name="value">The report.</param>
    /// <exception cref="ArgumentNullException">Thrown if <paramref name="value"/> is null.</exception>
    public void Report(ExperimentProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Ended is { } ended)
        {
            _line.Write(string.Create(CultureInfo.InvariantCulture, $"trial {ended.TrialId}, {ended.TrainerName}: {Outcome(ended)}, {ended.RuntimeInSeconds:#,0.0} s"));
        }

        _line.Replace(() => $"{value}");
    }

    private static string Outcome(RnnRunDetail run) => run.ValidationMetrics is { } metrics
        ? string.Create(CultureInfo.InvariantCulture, $"micro-accuracy {100 * metrics.MicroAccuracy:0.0} %")
        : run.Reason ?? "no metric";
}
