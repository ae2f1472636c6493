namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>
/// Measures the rows per second of training in its steady state. The first steps, in which libraries initialise, do not count. Both sides are
/// measured with this clock, from the end of one step to the end of a later one.
/// </summary>
internal sealed class StepMeter(TimeSpan measured)
{
    private const int WarmUpSteps = 4;
    private const int MinimumSteps = 2;

    private readonly TimeSpan _warmUp = measured / 5;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan? _start;
    private TimeSpan _end;
    private long _rows;
    private int _steps;

    public bool IsDone { get; private set; }

    /// <exception cref="InvalidOperationException">Training ended before the measurement was complete.</exception>
    public double RowsPerSecond =>
        IsDone
            ? _rows / (_end - _start!.Value).TotalSeconds
            : throw new InvalidOperationException("Training ended before the measurement was complete.");

    /// <summary>Records the end of a step.</summary>
    public void Step(long rows)
    {
        if (IsDone)
        {
            return;
        }

        var now = _clock.Elapsed;
        _steps++;
        if (_start is null)
        {
            if (_steps >= WarmUpSteps && now >= _warmUp)
            {
                _start = now;
                _steps = 0;
            }

            return;
        }

        _rows += rows;
        _end = now;
        IsDone = _steps >= MinimumSteps && now - _start >= measured;
    }
}
