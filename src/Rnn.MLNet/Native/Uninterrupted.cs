namespace Rnn.MLNet.Native;

/// <summary>
/// Waits for other threads without being interrupted by <see cref="Thread.Interrupt"/>, because those threads use memory that the waiting
/// thread is about to free. The interruption is deferred to the thread's next wait.
/// </summary>
internal static class Uninterrupted
{
    /// <summary>Waits, and repeats the wait after every interruption.</summary>
    /// <param name="wait">The wait, which must be repeatable.</param>
    public static void Wait(Action wait)
    {
        var interrupted = false;
        try
        {
            while (!Ends(wait))
            {
                interrupted = true;
            }
        }
        finally
        {
            if (interrupted)
            {
                Thread.CurrentThread.Interrupt();
            }
        }
    }

    private static bool Ends(Action wait)
    {
        try
        {
            wait();
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }
}
