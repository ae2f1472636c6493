namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Samples the peak working set of the process during its lifetime. The system's own peak counter cannot be reset between trials.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly Func<long> _workingSet;
    private readonly Timer _timer;
    private long _peak;

    /// <param name="workingSet">Returns the working set in bytes; called on any thread.</param>
    public MemoryWatch(Func<long> workingSet)
    {
        _workingSet = workingSet;
        _peak = workingSet();
        _timer = new Timer(_ => Sample(), null, Interval, Interval);
    }

    public long Peak
    {
        get
        {
            Sample();
            return Interlocked.Read(ref _peak);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        var now = _workingSet();
        long seen;
        while (now > (seen = Interlocked.Read(ref _peak)) && Interlocked.CompareExchange(ref _peak, now, seen) != seen)
        {
        }
    }
}
