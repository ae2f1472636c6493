using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace Rnn.MLNet.Comparison;

/// <summary>What the figures of an experiment depend on besides its settings.</summary>
internal static class ExperimentEnvironment
{
    public static IReadOnlyDictionary<string, string> Describe() => new Dictionary<string, string>
    {
        ["Rnn.MLNet"] = Version(typeof(ExperimentEnvironment)),
        ["ML.NET"] = Version(typeof(MLContext)),
        ["TorchSharp"] = Version(typeof(TorchSharp.torch)),
        [".NET"] = RuntimeInformation.FrameworkDescription,
        ["Operating system"] = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        ["Processor"] = Processor(),
        ["Cores"] = Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Memory"] = FormattableString.Invariant($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB"),
    };

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static string Processor()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
                ?? "unknown";
        }
        catch (IOException)
        {
            // Not Linux.
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
        }
    }
}
