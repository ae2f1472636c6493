namespace Rnn.MLNet.Tests.Training;

/// <summary>Workers run side by side, each on its thread; their errors reach whoever asked for the work.</summary>
public sealed class WorkerGroupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_number_is_run_once_on_a_thread_of_its_own(int workers)
    {
        var caller = Environment.CurrentManagedThreadId;
        var threads = new int[5][];

        var count = WorkerGroup.Use(workers, group =>
        {
            for (var round = 0; round < threads.Length; round++)
            {
                threads[round] = new int[workers];
                var mine = threads[round];
                group.Run(workers, worker => Assert.Equal(0, Interlocked.Exchange(ref mine[worker], Environment.CurrentManagedThreadId)));
            }

            return group.Count;
        });

        Assert.Equal(workers, count);
        Assert.Equal(workers, threads[0].Distinct().Count());
        Assert.DoesNotContain(caller, threads[0]);
        Assert.All(threads, round => Assert.Equal(threads[0], round));
    }

    [Fact]
    public void They_run_at_the_same_time()
    {
        using var barrier = new Barrier(3);

        Assert.True(WorkerGroup.Use(3, group =>
        {
            var met = new bool[3];
            group.Run(3, worker => met[worker] = barrier.SignalAndWait(TimeSpan.FromMinutes(1)));
            return met.All(each => each);
        }));
    }

    [Fact]
    public void Fewer_than_all_may_be_asked()
    {
        var ran = WorkerGroup.Use(4, group =>
        {
            var marks = new int[4];
            group.Run(2, worker => Interlocked.Increment(ref marks[worker]));
            group.Run(1, worker => Interlocked.Increment(ref marks[worker]));
            return marks;
        });

        Assert.Equal([2, 1, 0, 0], ran);
    }

    [Fact]
    public void The_first_workers_error_is_thrown_when_all_have_ended_and_then_forgotten()
    {
        WorkerGroup.Use(3, group =>
        {
            var ended = 0;
            var error = Assert.Throws<FormatException>(() => group.Run(3, worker =>
            {
                if (worker == 0)
                {
                    Interlocked.Increment(ref ended);
                    return;
                }

                Interlocked.Increment(ref ended);
                throw new FormatException($"worker {worker}");
            }));
            Assert.Equal("worker 1", error.Message);
            Assert.Equal(3, ended);
            Assert.Equal("worker 0", Assert.Throws<FormatException>(() => group.Run(2, worker => throw new FormatException($"worker {worker}"))).Message);
            group.Run(3, _ => Interlocked.Increment(ref ended));
            Assert.Equal(6, ended);
            return true;
        });
    }

    [Fact]
    public void An_error_of_the_body_is_thrown_as_it_was()
    {
        var error = Assert.Throws<FormatException>(() => WorkerGroup.Use<int>(2, _ => throw new FormatException("mine")));

        Assert.Equal("mine", error.Message);
        Assert.Contains(nameof(An_error_of_the_body_is_thrown_as_it_was), error.StackTrace);
    }
}
