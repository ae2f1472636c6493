namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The largest working set of the process while it exists. Sampled: the system's own peak counter never falls again.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly Func<long> _workingSet;
    private readonly Timer _timer;
    private long _peak;

    /// <param name="workingSet">Reads the working set, in bytes; on any thread.</param>
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
