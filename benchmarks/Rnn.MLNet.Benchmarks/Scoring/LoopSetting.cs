namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>How a batch-scoring loop is set up.</summary>
/// <param name="Batch">Rows in a batch.</param>
/// <param name="Threads">Threads that the runtime uses inside a batch.</param>
/// <param name="Loops">Loops side by side, each over its share of the rows.</param>
internal sealed record LoopSetting(int Batch, int Threads, int Loops)
{
    private static readonly int[] Batches = [32, 64, 128, 256, 512];
    private static readonly int[] Threadings = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    /// <summary>One loop, with any sensible batch and number of threads.</summary>
    public static IReadOnlyList<LoopSetting> Plain { get; } =
        [.. Batches.SelectMany(batch => Threadings.Select(threads => new LoopSetting(batch, threads, 1)))];

    /// <summary>A loop a core: what an expert would write.</summary>
    public static IReadOnlyList<LoopSetting> Parallel { get; } =
        [.. Batches.Select(batch => new LoopSetting(batch, 1, Environment.ProcessorCount))];

    /// <summary>Runs every loop over its share of the rows, on a thread of its own if there are several.</summary>
    /// <param name="rows">Rows in all.</param>
    /// <param name="score">Scores the rows from the first to before the second.</param>
    public void Run(int rows, Action<int, int> score)
    {
        if (Loops == 1)
        {
            score(0, rows);
            return;
        }

        Thread[] threads =
            [.. Enumerable.Range(0, Loops).Select(loop => new Thread(() => score(rows * loop / Loops, rows * (loop + 1) / Loops)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
