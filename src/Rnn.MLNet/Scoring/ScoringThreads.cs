using System.Collections.Concurrent;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// A pool of background threads, one for each core, that score batches in parallel. Each has one libtorch thread. The threads of
/// <see cref="ThreadPool"/> are not used, since their libtorch settings belong to the application.
/// </summary>
internal sealed class ScoringThreads : TaskScheduler
{
    private static readonly Lazy<ScoringThreads> Shared = new(() => new ScoringThreads());

    private readonly BlockingCollection<Task> _tasks = [];

    private ScoringThreads()
    {
        LibtorchThreads.Start("Rnn.MLNet scoring", Environment.ProcessorCount, _ => Serve());
    }

    /// <summary>Creates a scheduler that runs at most <paramref name="concurrency"/> tasks in parallel on these threads.</summary>
    public static TaskScheduler Limited(int concurrency) =>
        new ConcurrentExclusiveSchedulerPair(Shared.Value, concurrency).ConcurrentScheduler;

    /// <summary>Waits for a batch on a thread that may belong to the application, and rethrows the batch's exception.</summary>
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
