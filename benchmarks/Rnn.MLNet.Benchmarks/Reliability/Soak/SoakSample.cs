using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;

namespace Rnn.MLNet.Benchmarks.Reliability.Soak;

/// <summary>What the process holds while nothing runs.</summary>
/// <param name="MegaBytes">Physical memory.</param>
/// <param name="ManagedMegaBytes">Of that, living objects.</param>
/// <param name="Tensors">Native tensors alive, without the parameters that TorchSharp counts once too often.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Handles">Open files, sockets and the like.</param>
/// <param name="TemporaryFiles">Files and folders in the folder for temporary files.</param>
internal sealed record SoakSample(double MegaBytes, double ManagedMegaBytes, long Tensors, int Threads, int Handles, int TemporaryFiles)
{
    private const string OpenFiles = "/proc/self/fd";

    private static readonly Lazy<long> CountOfAParameter = new(CountAParameter);

    /// <param name="networks">Networks made so far.</param>
    /// <param name="temporary">The folder for temporary files.</param>
    public static SoakSample Take(long networks, string temporary)
    {
        // The first time counts one more itself.
        var price = CountOfAParameter.Value;
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new SoakSample(
            process.WorkingSet64 / 1e6,
            GC.GetTotalMemory(forceFullCollection: true) / 1e6,
            torch.Tensor.TotalCount - networks * price,
            process.Threads.Count,
            Directory.Exists(OpenFiles) ? Directory.GetFileSystemEntries(OpenFiles).Length : process.HandleCount,
            Directory.GetFileSystemEntries(temporary, "*", SearchOption.AllDirectories).Length);
    }

    /// <summary>TorchSharp counts a parameter twice and its end once, though its memory is freed; a network has one.</summary>
    private static long CountAParameter()
    {
        var before = torch.Tensor.TotalCount;
        using (var values = torch.zeros(1, dtype: torch.float32, device: torch.CPU))
        {
            new Parameter(values).Dispose();
        }

        return torch.Tensor.TotalCount - before;
    }
}
