namespace Rnn.MLNet.Native;

/// <summary>
/// Tracks the native code that is running in this process. When a process exits, the native libraries are unloaded while threads may still
/// run in them, which crashes. Therefore process exit cancels this library's work, which stops within a minibatch or a batch, waits for it to
/// stop, and prevents new work from starting.
/// </summary>
internal static class NativeWork
{
    /// <summary>The longest time for which process exit waits for running work.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly CancellationTokenSource Ended = new();
    private static int _running;
    private static long _deadline;

    [ThreadStatic]
    private static int _held;

    static NativeWork() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    /// <summary>A token that is cancelled when the process starts to exit.</summary>
    public static CancellationToken Ending => Ended.Token;

    /// <summary>
    /// The number of running operations that belong to the current thread or wait for it. Process exit does not wait for these because it may be
    /// triggered from within one of them, such as by <see cref="Environment.Exit"/> in a progress report, and would wait for itself.
    /// </summary>
    public static int Held
    {
        get => _held;
        set => _held = value;
    }

    /// <summary>Marks the start of native work on the calling thread. The work lasts until the returned scope is disposed.</summary>
    /// <param name="parks">Whether the thread may belong to the application, see <see cref="Park"/>.</param>
    /// <exception cref="OperationCanceledException">Thrown if the process is ending.</exception>
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

    /// <summary>Throws if the process is ending.</summary>
    /// <exception cref="OperationCanceledException">Thrown if the process is ending.</exception>
    public static void ThrowIfEnding()
    {
        if (Ended.IsCancellationRequested)
        {
            throw new OperationCanceledException("The process is ending.");
        }
    }

    /// <summary>
    /// If the process is ending, blocks a thread of the application for as long as that may take. Otherwise the exception that is about to be
    /// thrown on it would crash the process if nothing catches it. Must be called before the exception is thrown because <c>finally</c> blocks
    /// do not run if an exception is not caught.
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

    /// <summary>Ends the work when it is disposed.</summary>
    public readonly struct Scope : IDisposable
    {
        public void Dispose()
        {
            _held--;
            Interlocked.Decrement(ref _running);
        }
    }
}
