using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Native;

/// <summary>The threads that compute: each with libtorch to itself, and none that keeps the process from ending.</summary>
[Collection(nameof(Alone))]
public sealed class LibtorchThreadsTests : IDisposable
{
    private const int Threads = 3;

    private readonly int _before = ThreadCount.OfNewThread();

    public LibtorchThreadsTests() => set_num_threads(Threads);

    public void Dispose() => set_num_threads(_before);

    [Fact]
    public void Each_has_its_number_and_one_thread_of_libtorch()
    {
        var found = new (string? Name, bool IsBackground, int Threads)[3];

        var threads = LibtorchThreads.Start("worker", 3, index => found[index] = (Thread.CurrentThread.Name, Thread.CurrentThread.IsBackground, get_num_threads()));

        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal([("worker 0", true, 1), ("worker 1", true, 1), ("worker 2", true, 1)], found);
        Assert.Equal(["worker 0", "worker 1", "worker 2"], threads.Select(thread => thread.Name));
        Assert.Equal((Threads, Threads), (get_num_threads(), ThreadCount.OfNewThread()));
    }

    [Fact]
    public void They_leave_the_process_as_it_was_however_slowly_they_start()
    {
        for (var time = 0; time < 40; time++)
        {
            Array.ForEach(LibtorchThreads.Start("worker", 1 + (time % 2), _ => { }), thread => thread.Join());
            Assert.Equal(Threads, ThreadCount.OfNewThread());
        }
    }

    [Fact]
    public void Native_work_is_counted_on_the_thread_that_does_it()
    {
        var before = NativeWork.Held;

        using (NativeWork.Begin(parks: false))
        {
            Assert.Equal(before + 1, NativeWork.Held);
            using (NativeWork.Begin(parks: true))
            {
                Assert.Equal(before + 2, NativeWork.Held);
            }

            Assert.Equal(before + 1, NativeWork.Held);
        }

        Assert.Equal(before, NativeWork.Held);
        Assert.False(NativeWork.Ending.IsCancellationRequested);
        NativeWork.ThrowIfEnding();
        NativeWork.Park();
    }
}
