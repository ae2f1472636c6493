namespace Rnn.MLNet.Benchmarks.Reliability.Soak;

/// <summary>The resources of the process while no work is running.</summary>
/// <param name="MegaBytes">The working set, in megabytes.</param>
/// <param name="ManagedMegaBytes">The size of live managed objects, in megabytes.</param>
/// <param name="Tensors">The number of live native tensors.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Handles">The number of open files, sockets and other handles.</param>
/// <param name="TemporaryFiles">The number of temporary files and folders.</param>
internal sealed record SoakSample(double MegaBytes, double ManagedMegaBytes, long Tensors, int Threads, int Handles, int TemporaryFiles)
{
    private const string OpenFiles = "/proc/self/fd";

    /// <param name="temporary">The folder for temporary files.</param>
    public static SoakSample Take(string temporary)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new SoakSample(
            process.WorkingSet64 / 1e6,
            GC.GetTotalMemory(forceFullCollection: true) / 1e6,
            torch.Tensor.TotalCount,
            process.Threads.Count,
            Directory.Exists(OpenFiles) ? Directory.GetFileSystemEntries(OpenFiles).Length : process.HandleCount,
            Directory.GetFileSystemEntries(temporary, "*", SearchOption.AllDirectories).Length);
    }
}
