namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>
/// Whether something else is running. Loops that split each product among all cores wait for their slowest thread, so a busy
/// machine makes the baselines look far worse than they are.
/// </summary>
internal static class MachineLoad
{
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>Threads that wanted to run in the last minute, by cores, from which on the figures are not to be trusted.</summary>
    private const double Busy = 0.5;

    /// <summary>What is wrong; null if nothing is, or if nobody can tell.</summary>
    public static string? Warning()
    {
        if (!File.Exists(LoadAverage))
        {
            return null;
        }

        var load = double.Parse(File.ReadAllText(LoadAverage).Split(' ')[0], CultureInfo.InvariantCulture);
        var cores = Environment.ProcessorCount;
        return load > Busy * cores
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The machine was busy before the run (load {load:F1} on {cores} cores): the figures favour this library.")
            : null;
    }
}
