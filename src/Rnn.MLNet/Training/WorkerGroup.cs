using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Threads of their own that run the same work side by side, each with one libtorch thread. Many small matrix products scale
/// far better over independent rows than inside one product, and nothing is left spinning between them.
/// </summary>
internal sealed class WorkerGroup : IDisposable
{
    private readonly Thread[] _helpers;
    private readonly SemaphoreSlim[] _started;
    private readonly Exception?[] _errors;
    private readonly SemaphoreSlim _finished = new(0);
    private Action<int>? _work;

    private WorkerGroup(int count)
    {
        Count = count;
        _errors = new Exception?[count];
        _started = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(0))];
        _helpers = [.. Enumerable.Range(1, count - 1).Select(worker => Start($"Rnn.MLNet worker {worker}", () => Serve(worker)))];
    }

    public int Count { get; }

    /// <summary>
    /// Runs a body on worker 0's thread, with a group around it, and ends all threads with it. The caller's own libtorch
    /// settings stay as they are.
    /// </summary>
    public static T Use<T>(int workers, Func<WorkerGroup, T> body)
    {
        var threads = get_num_threads();
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var first = Start("Rnn.MLNet worker 0", () =>
        {
            try
            {
                set_num_threads(1);
                using var group = new WorkerGroup(workers);
                result = body(group);
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
        });
        first.Join();
        // libtorch also remembers the last number that any thread set as the default of new threads.
        set_num_threads(threads);
        NativeHeap.Trim();
        error?.Throw();
        return result;
    }

    /// <summary>
    /// Runs <paramref name="work"/> for 0, 1, … <paramref name="workers"/> − 1 side by side and returns when all have ended;
    /// then throws the error of the first worker that had one. Call it from the body only.
    /// </summary>
    public void Run(int workers, Action<int> work)
    {
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
        _work = null;
        foreach (var started in _started)
        {
            started.Release();
        }

        foreach (var helper in _helpers)
        {
            helper.Join();
        }

        foreach (var started in _started)
        {
            started.Dispose();
        }

        _finished.Dispose();
    }

    private void Serve(int worker)
    {
        set_num_threads(1);
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

    private static Thread Start(string name, Action body)
    {
        var thread = new Thread(() => body()) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }
}
