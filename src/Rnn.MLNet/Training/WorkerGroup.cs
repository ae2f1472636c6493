using System.Runtime.ExceptionServices;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Training;

/// <summary>
/// A group of dedicated threads that run the same work in parallel, each with one libtorch thread. Small matrix products scale far better
/// across independent rows than within one product, and idle threads do not spin. The threads do not inherit the caller's gradient mode,
/// inference mode or number of libtorch threads.
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
    /// Starts a group, runs <paramref name="body"/> on the thread of worker 0, ends all threads and returns the body's result or rethrows
    /// its exception. The caller's libtorch settings are left unchanged.
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
    /// Runs <paramref name="work"/> for 0, 1, … <paramref name="workers"/> − 1 in parallel and waits for all of them. If any failed, the
    /// exception of the first of these workers is rethrown. To be called only from the body.
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

    /// <summary>Ends the threads: a thread that is released without work returns.</summary>
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
