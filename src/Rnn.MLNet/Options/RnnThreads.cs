namespace Rnn.MLNet;

/// <summary>
/// The number of threads that fits take whose options name none. A program that runs several fits side by side divides the cores
/// with it, without touching the estimators.
/// </summary>
public static class RnnThreads
{
    private static readonly AsyncLocal<(int Threads, int Shards)?> Current = new();

    /// <summary>Threads of a fit whose <see cref="RnnOptions.Threads"/> is null: one a core, unless a share was set.</summary>
    public static int Default => Current.Value?.Threads ?? Environment.ProcessorCount;

    /// <summary>The shards of a fit whose options name neither these nor the threads; null for one a thread.</summary>
    internal static int? DefaultShards => Current.Value?.Shards;

    /// <summary>Sets the share of this thread and of what it starts, until the share is disposed.</summary>
    /// <param name="threads">Worker threads, at least 1.</param>
    /// <param name="shards">
    /// Parts that each minibatch is cut into, at least 1; see <see cref="RnnOptions.Shards"/>. Fits with the same
    /// shards end with the same weights, whatever their threads.
    /// </param>
    /// <returns>The share.</returns>
    public static IDisposable Share(int threads, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        var before = Current.Value;
        Current.Value = (threads, shards);
        return new Restore(before);
    }

    private sealed class Restore((int Threads, int Shards)? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
