namespace Rnn.MLNet.Tests.Native;

/// <summary>A wait that must not be given up continues after an interruption; the thread is interrupted when the wait is over.</summary>
public sealed class UninterruptedTests
{
    [Fact]
    public void The_wait_continues_and_the_thread_is_interrupted_after_it()
    {
        var waits = 0;

        Assert.True(InterruptedAfter(() => Uninterrupted.Wait(() =>
        {
            if (++waits < 3)
            {
                throw new ThreadInterruptedException();
            }
        })));
        Assert.Equal(3, waits);
    }

    [Fact]
    public void Without_an_interruption_there_is_none_after_it()
    {
        var waits = 0;

        Assert.False(InterruptedAfter(() => Uninterrupted.Wait(() => waits++)));
        Assert.Equal(1, waits);
    }

    [Fact]
    public void An_error_ends_the_wait_and_the_interruption_is_not_forgotten()
    {
        var waits = 0;

        Assert.True(InterruptedAfter(() => Assert.Throws<IOException>(() => Uninterrupted.Wait(
            () => throw (++waits == 1 ? new ThreadInterruptedException() : new IOException())))));
        Assert.Equal(2, waits);
    }

    private static bool InterruptedAfter(Action action)
    {
        Exception? error = null;
        var interrupted = false;
        // Its own thread, so that no other test is interrupted.
        var thread = new Thread(() =>
        {
            try
            {
                action();
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
            catch (Exception exception)
            {
                error = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(error);
        return interrupted;
    }
}
