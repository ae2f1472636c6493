using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// Threads of the library's own that compute with one libtorch thread each. The number is a thread's own, but libtorch also gives the
/// one that was set last, by whichever thread, to every thread that comes to it later. So it is 1 for the process only while threads
/// start, starts wait for each other, and each leaves the number that it found.
/// </summary>
internal static class LibtorchThreads
{
    private static readonly Lock Starting = new();

    /// <summary>Starts background threads that run a body, all of them or none.</summary>
    /// <param name="name">Their name; a number is added.</param>
    /// <param name="count">How many.</param>
    /// <param name="body">What they run, given their numbers from 0.</param>
    public static Thread[] Start(string name, int count, Action<int> body)
    {
        var threads = new Thread[count];
        ExceptionDispatchInfo? error = null;
        // The caller's own number must not change, so another thread reads it and sets it back.
        var starter = new Thread(() =>
        {
            try
            {
                StartAll(threads, name, body);
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            Name = $"{name} start",
            IsBackground = true,
        };
        starter.Start();
        Uninterrupted.Wait(starter.Join);
        error?.Throw();
        return threads;
    }

    private static void StartAll(Thread[] threads, string name, Action<int> body)
    {
        var ready = new SemaphoreSlim(0);
        var begin = new TaskCompletionSource<bool>();
        var started = 0;
        lock (Starting)
        {
            var number = get_num_threads();
            try
            {
                for (; started < threads.Length; started++)
                {
                    var index = started;
                    threads[index] = new Thread(() => Run(index)) { Name = $"{name} {index}", IsBackground = true };
                    threads[index].Start();
                }
            }
            finally
            {
                for (var i = 0; i < started; i++)
                {
                    ready.Wait();
                }

                set_num_threads(number);
                begin.SetResult(started == threads.Length);
            }
        }

        void Run(int index)
        {
            // A thread takes the process's number at its first use of libtorch's threads, even after one was set for it: so that comes first.
            _ = get_num_threads();
            set_num_threads(1);
            ready.Release();
            if (begin.Task.GetAwaiter().GetResult())
            {
                body(index);
            }
        }
    }
}
