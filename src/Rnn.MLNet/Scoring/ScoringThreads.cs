using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// Background threads of the process, one a core, that score batches side by side, each with one libtorch thread. They are
/// not the thread pool's, whose libtorch settings are the application's own.
/// </summary>
internal sealed class ScoringThreads : TaskScheduler
{
    private static readonly Lazy<ScoringThreads> Shared = new(() => new ScoringThreads());

    private readonly BlockingCollection<Task> _tasks = [];

    private ScoringThreads()
    {
        var threads = get_num_threads();
        using var ready = new CountdownEvent(Environment.ProcessorCount);
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            var thread = new Thread(() => Serve(ready)) { Name = $"Rnn.MLNet scoring {i}", IsBackground = true };
            thread.Start();
        }

        ready.Wait();
        // libtorch remembers the last number that any thread set as the default of new threads.
        set_num_threads(threads);
    }

    /// <summary>A scheduler on these threads that runs no more than so many tasks at once.</summary>
    public static TaskScheduler Limited(int concurrency) =>
        new ConcurrentExclusiveSchedulerPair(Shared.Value, concurrency).ConcurrentScheduler;

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Serve(CountdownEvent ready)
    {
        set_num_threads(1);
        ready.Signal();
        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
