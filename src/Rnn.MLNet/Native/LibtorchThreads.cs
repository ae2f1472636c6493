using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// Starts threads that compute with one libtorch thread each. libtorch stores its number of threads per thread, but a thread that uses it for the
/// first time takes over the number that any thread set last. Therefore the number is 1 for the process only while threads are
/// being started, starts are serialised, and each start restores the previous number.
/// </summary>
internal static class LibtorchThreads
{
    private static readonly Lock Starting = new();

    /// <summary>Starts background threads. If one of them cannot be started, none of them runs <paramref name="body"/>.</summary>
    /// <param name="name">The name of the threads, to which their index is appended.</param>
    /// <param name="count">The number of threads.</param>
    /// <param name="body">The code that each thread runs. Its argument is the index of the thread, from 0.</param>
    public static Thread[] Start(string name, int count, Action<int> body)
    {
        var threads = new Thread[count];
        ExceptionDispatchInfo? error = null;
        // The number of the calling thread must not change, so a separate thread reads and restores the process's number.
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
            // The first call on a thread takes over the process's number and would overwrite one that was set before, so it must precede the setter.
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
