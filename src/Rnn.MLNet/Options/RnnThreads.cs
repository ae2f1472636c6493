namespace Rnn.MLNet;

/// <summary>
/// The default number of threads of a <c>Fit</c> whose options do not set <see cref="RnnOptions.Threads"/>. A program that runs several fits
/// concurrently can use it to divide the CPU cores among them without changing the estimators.
/// </summary>
public static class RnnThreads
{
    private static readonly AsyncLocal<(int Threads, int Shards)?> Current = new();

    /// <summary>
    /// The number of threads used if <see cref="RnnOptions.Threads"/> is null: the value passed to <see cref="Share"/>, otherwise
    /// <see cref="Environment.ProcessorCount"/>.
    /// </summary>
    public static int Default => Current.Value?.Threads ?? Environment.ProcessorCount;

    /// <summary>
    /// The number of shards if both <see cref="RnnOptions.Shards"/> and <see cref="RnnOptions.Threads"/> are null; null for one per thread.
    /// </summary>
    internal static int? DefaultShards => Current.Value?.Shards;

    /// <summary>
    /// Sets the defaults for the current thread and for the threads and tasks that it starts, until the returned object is disposed.
    /// </summary>
    /// <param name="threads">The number of worker threads, at least 1.</param>
    /// <param name="shards">
    /// The number of shards of each minibatch, at least 1; see <see cref="RnnOptions.Shards"/>. With the same seed and number of shards,
    /// fits produce the same weights for any number of threads.
    /// </param>
    /// <returns>An object that restores the previous defaults when it is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Thrown if <paramref name="threads"/> or <paramref name="shards"/> is less than 1.</exception>
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
