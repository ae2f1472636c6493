using System.Runtime.InteropServices;

namespace Rnn.MLNet.Native;

/// <summary>The memory that libtorch takes from the system.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Gives back what has been freed. glibc keeps it, in a heap for each thread, in pieces that the next network may not fit into:
    /// without this a process that trains one network after another would grow with each.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = TrimHeaps(0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library than glibc, perhaps under its name: it has nothing to be told.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int TrimHeaps(nuint keep);
}
