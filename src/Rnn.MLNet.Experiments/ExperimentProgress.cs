using System.Globalization;

namespace Rnn.MLNet.Comparison;

/// <summary>The progress of an experiment, reported whenever a trial starts or ends, and otherwise twice a second.</summary>
public sealed record ExperimentProgress
{
    /// <summary>The trial that has just ended; null if the report has another cause.</summary>
    public RnnRunDetail? Ended { get; init; }

    /// <summary>The trials that are running.</summary>
    public required IReadOnlyList<RunningTrial> Running { get; init; }

    /// <summary>The number of trials that have ended, including those of an earlier run.</summary>
    public required int Completed { get; init; }

    /// <summary>The best trial so far, without its model; null if none has succeeded yet.</summary>
    public required RnnRunDetail? Best { get; init; }

    /// <summary>The time that the experiment has taken, including an earlier run, in seconds.</summary>
    public required double ElapsedInSeconds { get; init; }

    /// <summary>The time left in the budget, in seconds; never negative.</summary>
    public required double RemainingInSeconds { get; init; }

    /// <summary>
    /// Returns one line in the invariant culture, such as <c>3 trials in 42 s, 18 s left; best: GRU 64, micro-accuracy 93.7 %; running: LSTM 128</c>.
    /// </summary>
    public override string ToString()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Completed} trial{(Completed == 1 ? "" : "s")} in {ElapsedInSeconds:#,0} s, {RemainingInSeconds:#,0} s left");
        if (Best is { ValidationMetrics: { } metrics })
        {
            line += string.Create(CultureInfo.InvariantCulture, $"; best: {Best.TrainerName}, micro-accuracy {100 * metrics.MicroAccuracy:0.0} %");
        }

        return Running.Count == 0 ? line : $"{line}; running: {string.Join(", ", Running.Select(trial => trial.TrainerName))}";
    }
}
