namespace Rnn.MLNet.Tests;

/// <summary>
/// The threads of this process, without those of the thread pool where they can be distinguished: the pool starts and ends its own as it
/// likes, the more of them the longer a busy machine takes.
/// </summary>
internal static class ProcessThreads
{
    private const string Tasks = "/proc/self/task";

    public static int Count()
    {
        if (!Directory.Exists(Tasks))
        {
            using var process = Process.GetCurrentProcess();
            return process.Threads.Count;
        }

        return Directory.EnumerateDirectories(Tasks).Count(task => Name(task) is { } name && !name.StartsWith(".NET ", StringComparison.Ordinal));
    }

    /// <summary>Null if the thread has ended meanwhile.</summary>
    private static string? Name(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
