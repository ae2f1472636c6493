namespace Rnn.MLNet.Benchmarks.Accuracy;

/// <summary>
/// Notes when a training first reaches each accuracy. It runs from the start of the training, reading the data included, and
/// stands still while the test rows are scored: that is the measurement's own work.
/// </summary>
internal sealed class AccuracyClock
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double[] _reached = [.. AccuracySettings.Goals.Select(_ => double.PositiveInfinity)];
    private double _accuracy;

    public void Pause() => _clock.Stop();

    public void Resume() => _clock.Start();

    /// <summary>Tells of the test accuracy, from 0 to 1, that has been reached by now.</summary>
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

    /// <summary>The values of <see cref="AccuracyContest"/>'s metrics.</summary>
    public double[] Values() => [.. _reached, _clock.Elapsed.TotalSeconds, _accuracy, PeakMemory.Megabytes()];
}
