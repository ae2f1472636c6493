namespace Rnn.MLNet.Benchmarks.Processes;

/// <summary>Returns the peak physical memory of this process so far: managed, native and mapped.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string HighWaterMark = "VmHWM:";

    public static double Megabytes()
    {
        if (File.Exists(Status))
        {
            // The line looks like "VmHWM:    123456 kB".
            var line = File.ReadLines(Status).First(line => line.StartsWith(HighWaterMark, StringComparison.Ordinal));
            return long.Parse(line[HighWaterMark.Length..^2], CultureInfo.InvariantCulture) / 1024.0;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }
}
