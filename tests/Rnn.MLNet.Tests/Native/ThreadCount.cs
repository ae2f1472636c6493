namespace Rnn.MLNet.Tests.Native;

/// <summary>How many threads libtorch computes with.</summary>
internal static class ThreadCount
{
    /// <summary>What a thread that comes to libtorch now begins with.</summary>
    public static int OfNewThread()
    {
        var number = 0;
        var thread = new Thread(() => number = torch.get_num_threads());
        thread.Start();
        thread.Join();
        return number;
    }
}
