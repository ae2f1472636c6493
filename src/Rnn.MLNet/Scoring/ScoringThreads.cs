using System.Collections.Concurrent;
using Rnn.MLNet.Native;

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
        LibtorchThreads.Start("Rnn.MLNet scoring", Environment.ProcessorCount, _ => Serve());
    }

    /// <summary>A scheduler on these threads that runs no more than so many tasks at once.</summary>
    public static TaskScheduler Limited(int concurrency) =>
        new ConcurrentExclusiveSchedulerPair(Shared.Value, concurrency).ConcurrentScheduler;

    /// <summary>Waits for a batch, on a thread that may be the application's, and throws what it threw.</summary>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static void Wait(Task batch)
    {
        try
        {
            Uninterrupted.Wait(() => batch.GetAwaiter().GetResult());
        }
        catch (OperationCanceledException)
        {
            NativeWork.Park();
            throw;
        }
    }

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Serve()
    {
        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
