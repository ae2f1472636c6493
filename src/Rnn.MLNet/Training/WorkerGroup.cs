using System.Runtime.ExceptionServices;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Training;

/// <summary>
/// Threads of their own that run the same work side by side, each with one libtorch thread. Many small matrix products scale
/// far better over independent rows than inside one product, and nothing is left spinning between them. They know nothing of
/// the caller's thread: neither its gradient or inference mode nor its number of libtorch threads.
/// </summary>
internal sealed class WorkerGroup : IDisposable
{
    private readonly SemaphoreSlim[] _started;
    private readonly Exception?[] _errors;
    private readonly SemaphoreSlim _finished = new(0);
    private Action<int>? _work;

    private WorkerGroup(int count)
    {
        Count = count;
        _errors = new Exception?[count];
        _started = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(0))];
    }

    public int Count { get; }

    /// <summary>
    /// Runs a body on worker 0's thread, with a group around it, and ends all threads with it. The caller's own libtorch
    /// settings stay as they are.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static T Use<T>(int workers, Func<WorkerGroup, T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        using (NativeWork.Begin(parks: true))
        using (FullPrecision.Use())
        using (var group = new WorkerGroup(workers))
        {
            var held = NativeWork.Held;
            var threads = LibtorchThreads.Start("Rnn.MLNet worker", workers, worker =>
            {
                if (worker > 0)
                {
                    group.Serve(worker);
                    return;
                }

                try
                {
                    NativeWork.Held = held;
                    result = body(group);
                }
                catch (Exception exception)
                {
                    error = ExceptionDispatchInfo.Capture(exception);
                }
                finally
                {
                    group.End();
                }
            });
            Uninterrupted.Wait(() => Array.ForEach(threads, thread => thread.Join()));

            NativeHeap.Trim();
        }

        NativeWork.Park();
        error?.Throw();
        return result;
    }

    /// <summary>
    /// Runs <paramref name="work"/> for 0, 1, … <paramref name="workers"/> − 1 side by side and returns when all have ended;
    /// then throws the error of the first worker that had one. Call it from the body only.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public void Run(int workers, Action<int> work)
    {
        NativeWork.ThrowIfEnding();
        _work = work;
        for (var worker = 1; worker < workers; worker++)
        {
            _started[worker].Release();
        }

        Try(0, work);
        for (var worker = 1; worker < workers; worker++)
        {
            _finished.Wait();
        }

        _work = null;
        var error = Array.Find(_errors, exception => exception is not null);
        Array.Clear(_errors);
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    public void Dispose()
    {
        foreach (var started in _started)
        {
            started.Dispose();
        }

        _finished.Dispose();
    }

    /// <summary>Ends the threads: what they are started for next is nothing.</summary>
    private void End()
    {
        foreach (var started in _started)
        {
            started.Release();
        }
    }

    private void Serve(int worker)
    {
        while (true)
        {
            _started[worker].Wait();
            if (_work is not { } work)
            {
                return;
            }

            Try(worker, work);
            _finished.Release();
        }
    }

    private void Try(int worker, Action<int> work)
    {
        try
        {
            work(worker);
        }
        catch (Exception exception)
        {
            _errors[worker] = exception;
        }
    }
}
