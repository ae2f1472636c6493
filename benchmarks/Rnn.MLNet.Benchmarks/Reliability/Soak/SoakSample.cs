namespace Rnn.MLNet.Benchmarks.Reliability.Soak;

/// <summary>What the process holds while nothing runs.</summary>
/// <param name="MegaBytes">Physical memory.</param>
/// <param name="ManagedMegaBytes">Of that, living objects.</param>
/// <param name="Tensors">Native tensors alive.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Handles">Open files, sockets and the like.</param>
/// <param name="TemporaryFiles">Files and folders in the folder for temporary files.</param>
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
