namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>The memory of a trial: the most that was seen from its beginning to its end.</summary>
public sealed class MemoryWatchTests
{
    private long _bytes = 5;
    private int _samples;

    [Fact]
    public void The_most_that_was_seen_is_the_peak()
    {
        using var watch = new MemoryWatch(Sample);
        Assert.Equal(5, watch.Peak);
        _bytes = 9;
        Assert.Equal(9, watch.Peak);
        _bytes = 7;
        Assert.Equal(9, watch.Peak);
        _bytes = 10;
        Assert.Equal(10, watch.Peak);
    }

    [Fact]
    public void What_there_was_at_the_beginning_counts()
    {
        using var watch = new MemoryWatch(Sample);
        _bytes = 1;
        Assert.Equal(5, watch.Peak);
    }

    [Fact]
    public void Samples_are_taken_while_it_exists_and_no_longer()
    {
        using var watch = new MemoryWatch(Sample);
        _bytes = 9;
        var before = _samples;
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _samples) >= before + 3, Hang.Limit));
        _bytes = 1;
        Assert.Equal(9, watch.Peak);

        watch.Dispose();
        // One that has begun ends.
        Thread.Sleep(100);
        before = _samples;
        Thread.Sleep(150);
        Assert.Equal(before, _samples);
    }

    [Fact]
    public void A_trial_has_that_of_the_process()
    {
        var rows = ScriptedRow.View(ScriptedRow.Classes);
        var run = SmallExperiments.Create().Add("scripted", ScriptedRow.Model).Execute(rows, rows).RunDetails[0];
        Assert.InRange(run.PeakMemory, Environment.WorkingSet / 4, long.MaxValue);
    }

    private long Sample()
    {
        var bytes = Volatile.Read(ref _bytes);
        Interlocked.Increment(ref _samples);
        return bytes;
    }
}
