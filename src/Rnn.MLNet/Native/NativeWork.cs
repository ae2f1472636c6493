namespace Rnn.MLNet.Native;

/// <summary>
/// What of this process runs in native code at the moment. A process that ends takes the native libraries down under their threads,
/// which crashes: so its end stops this library's work within a minibatch or a batch, waits for that, and no new work begins.
/// </summary>
internal static class NativeWork
{
    /// <summary>How long the end of the process waits for work in progress.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly CancellationTokenSource Ended = new();
    private static int _running;
    private static long _deadline;

    [ThreadStatic]
    private static int _held;

    static NativeWork() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    /// <summary>Cancelled when the process begins to end.</summary>
    public static CancellationToken Ending => Ended.Token;

    /// <summary>
    /// How much of the running work is this thread's, or work that waits for this thread. The end of the process may come from
    /// within (<see cref="Environment.Exit"/> in a progress report), and must not wait for itself.
    /// </summary>
    public static int Held
    {
        get => _held;
        set => _held = value;
    }

    /// <summary>Begins work on the calling thread, until the scope is disposed.</summary>
    /// <param name="parks">Whether the thread may be one of the application's: see <see cref="Park"/>.</param>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static Scope Begin(bool parks)
    {
        Interlocked.Increment(ref _running);
        _held++;
        if (Ended.IsCancellationRequested)
        {
            default(Scope).Dispose();
            if (parks)
            {
                Park();
            }

            ThrowIfEnding();
        }

        return default;
    }

    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static void ThrowIfEnding()
    {
        if (Ended.IsCancellationRequested)
        {
            throw new OperationCanceledException("The process is ending.");
        }
    }

    /// <summary>
    /// While the process ends, keeps a thread of the application from going on, for as long as that may take. The exception that it
    /// is about to get would else, if nothing catches it, end the process as a crash. To be called before it is thrown: nothing
    /// that is left on the way up runs where nothing catches it.
    /// </summary>
    public static void Park()
    {
        if (_held == 0 && Ended.IsCancellationRequested)
        {
            Thread.Sleep((int)Math.Max(0, Interlocked.Read(ref _deadline) - Environment.TickCount64));
        }
    }

    private static void End()
    {
        Interlocked.Exchange(ref _deadline, Environment.TickCount64 + (long)Grace.TotalMilliseconds);
        Ended.Cancel();
        SpinWait.SpinUntil(() => Volatile.Read(ref _running) <= _held, Grace);
    }

    /// <summary>Work in progress.</summary>
    public readonly struct Scope : IDisposable
    {
        public void Dispose()
        {
            _held--;
            Interlocked.Decrement(ref _running);
        }
    }
}
