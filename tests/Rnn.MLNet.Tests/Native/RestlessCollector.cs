namespace Rnn.MLNet.Tests.Native;

/// <summary>Collects garbage and runs finalizers, on a thread of its own, without a pause.</summary>
internal sealed class RestlessCollector : IDisposable
{
    private readonly Thread _thread;
    private bool _stop;

    public RestlessCollector()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        Volatile.Write(ref _stop, true);
        _thread.Join();
    }

    private void Collect()
    {
        while (!Volatile.Read(ref _stop))
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
