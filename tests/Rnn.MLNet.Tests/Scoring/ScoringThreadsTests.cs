namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Batches are scored on threads of the library's own, no more at once than a model may.</summary>
public sealed class ScoringThreadsTests
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_run_at_once_than_allowed(int allowed)
    {
        var tasks = new TaskFactory(ScoringThreads.Limited(allowed));
        var (running, most) = (0, 0);
        var gate = new Lock();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tasks.StartNew(
            () =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++running);
                }

                Thread.Sleep(1);
                lock (gate)
                {
                    running--;
                }
            },
            _cancelled)));

        Assert.InRange(most, 1, allowed);
    }

    [Fact]
    public async Task As_many_run_at_once_as_there_are_processors()
    {
        var tasks = new TaskFactory(ScoringThreads.Limited(Environment.ProcessorCount));
        using var barrier = new Barrier(Environment.ProcessorCount);

        var met = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => tasks.StartNew(() => barrier.SignalAndWait(TimeSpan.FromMinutes(1)), _cancelled)));

        Assert.All(met, Assert.True);
    }

    [Fact]
    public async Task Who_waits_for_a_batch_does_not_score_it()
    {
        var tasks = new TaskFactory(ScoringThreads.Limited(1));
        for (var i = 0; i < 20; i++)
        {
            var task = tasks.StartNew(() => (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread), _cancelled);
            ScoringThreads.Wait(task);

            var (name, isThreadPoolThread) = await task;
            Assert.StartsWith("Rnn.MLNet scoring ", name);
            Assert.False(isThreadPoolThread);
        }
    }

    [Fact]
    public void What_a_batch_throws_comes_as_it_is()
    {
        var tasks = new TaskFactory(ScoringThreads.Limited(1));

        Assert.Equal("mine", Assert.Throws<FormatException>(() => ScoringThreads.Wait(tasks.StartNew(() => throw new FormatException("mine"), _cancelled))).Message);
    }
}
