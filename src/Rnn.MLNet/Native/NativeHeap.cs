using System.Runtime.InteropServices;

namespace Rnn.MLNet.Native;

/// <summary>The native heap, from which libtorch allocates.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Returns freed memory to the operating system. glibc keeps freed memory in per-thread heaps, in fragments into which the next network may
    /// not fit, so without this call the memory of a process that trains many networks would keep growing.
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
            // The C library is not glibc and has no such function.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int TrimHeaps(nuint keep);
}
