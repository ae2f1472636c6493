using Rnn.MLNet.Tests.Native;

namespace Rnn.MLNet.Tests.Situations;

/// <summary>A fit with more threads than there is memory for.</summary>
internal sealed class TooManyThreads : ISituation
{
    public static int Main(string[] args)
    {
        SyntheticSequences.Fit(SyntheticSequences.Options).Dispose();
        var before = ThreadCount.OfNewThread();
        using (new MemoryLimit(1 << 28))
        {
            OutOfMemory.Report(() => SyntheticSequences.Fit(SyntheticSequences.Options with { Threads = 300, Shards = 1, Device = RnnDevice.Cpu }).Dispose());
        }

        Console.WriteLine($"libtorch threads as before: {ThreadCount.OfNewThread() == before}");
        return 0;
    }
}
