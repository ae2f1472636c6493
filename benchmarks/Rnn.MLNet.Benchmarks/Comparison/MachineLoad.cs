namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>
/// Detects other load on the machine. Loops that split each matrix product among all cores wait for their slowest thread, so a busy machine
/// makes the baselines look far worse than they are.
/// </summary>
internal static class MachineLoad
{
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>The load average per core above which the figures are not reliable.</summary>
    private const double Busy = 0.5;

    /// <summary>Returns a warning; null if the machine is idle or its load is unknown.</summary>
    /// <param name="effect">What a busy machine does to the figures.</param>
    public static string? Warning(string effect = "the figures favour this library")
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
                $"The machine was busy before the run (load {load:F1} on {cores} cores): {effect}.")
            : null;
    }
}
