namespace Rnn.MLNet.Tests.Native;

/// <summary>
/// Holds the finalizer thread of the process. Whatever a code path forgets to dispose stays alive meanwhile, and is counted,
/// instead of being cleared away by a collection that happens to come.
/// </summary>
internal sealed class SuspendedFinalizers : IDisposable
{
    private readonly ManualResetEventSlim _held = new();
    private readonly ManualResetEventSlim _released = new();

    public SuspendedFinalizers()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Leave(this);
        GC.Collect();
        _held.Wait();
    }

    public void Dispose()
    {
        _released.Set();
        GC.WaitForPendingFinalizers();
        _held.Dispose();
        _released.Dispose();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Leave(SuspendedFinalizers holder) => _ = new Plug(holder);

    private sealed class Plug(SuspendedFinalizers holder)
    {
        ~Plug()
        {
            holder._held.Set();
            holder._released.Wait();
        }
    }
}
