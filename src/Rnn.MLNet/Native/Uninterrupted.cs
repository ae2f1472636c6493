namespace Rnn.MLNet.Native;

/// <summary>
/// Waits for other threads whatever <see cref="Thread.Interrupt"/> says: they work with memory that the waiting thread is about to free. The
/// interruption comes at the thread's next wait.
/// </summary>
internal static class Uninterrupted
{
    /// <summary>Waits, again and again if need be.</summary>
    /// <param name="wait">A wait that may be begun anew.</param>
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
