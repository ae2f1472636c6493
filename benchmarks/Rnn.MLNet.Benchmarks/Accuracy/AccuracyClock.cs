namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>
/// Records the time at which training first reaches each target accuracy. The clock includes reading the data and is paused while the test rows
/// are scored, which is part of the measurement, not of training.
/// </summary>
internal sealed class AccuracyClock
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double[] _reached = [.. AccuracySettings.Goals.Select(_ => double.PositiveInfinity)];
    private double _accuracy;

    public void Pause() => _clock.Stop();

    public void Resume() => _clock.Start();

    /// <summary>Records the current test accuracy, in [0, 1].</summary>
    public void Observe(double accuracy)
    {
        _accuracy = 100 * accuracy;
        foreach (var (index, goal) in AccuracySettings.Goals.Index())
        {
            if (_accuracy >= goal && double.IsInfinity(_reached[index]))
            {
                _reached[index] = _clock.Elapsed.TotalSeconds;
            }
        }
    }

    /// <summary>Returns the values of the metrics of <see cref="AccuracyContest"/>.</summary>
    public double[] Values() => [.. _reached, _clock.Elapsed.TotalSeconds, _accuracy, PeakMemory.Megabytes()];
}
