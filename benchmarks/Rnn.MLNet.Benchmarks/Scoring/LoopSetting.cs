namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>The setting of a batch scoring loop.</summary>
/// <param name="Batch">The number of rows per batch.</param>
/// <param name="Threads">The number of threads that the runtime uses within a batch.</param>
/// <param name="Loops">The number of concurrent loops, each over its share of the rows.</param>
internal sealed record LoopSetting(int Batch, int Threads, int Loops)
{
    private static readonly int[] Batches = [32, 64, 128, 256, 512];
    private static readonly int[] Threadings = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    /// <summary>The settings with a single loop: all reasonable batch sizes and numbers of threads.</summary>
    public static IReadOnlyList<LoopSetting> Plain { get; } =
        [.. Batches.SelectMany(batch => Threadings.Select(threads => new LoopSetting(batch, threads, 1)))];

    /// <summary>The settings with one loop per core, as an expert would write it.</summary>
    public static IReadOnlyList<LoopSetting> Parallel { get; } =
        [.. Batches.Select(batch => new LoopSetting(batch, 1, Environment.ProcessorCount))];

    /// <summary>Runs every loop over its share of the rows, each on its own thread if there are several.</summary>
    /// <param name="rows">The total number of rows.</param>
    /// <param name="score">Scores the rows from the first (inclusive) to the second (exclusive).</param>
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
