using System.Reflection;
using System.Runtime.InteropServices;

namespace Rnn.MLNet.Experiments;

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
        ["Processor"] = Processor("/proc/cpuinfo"),
        ["Cores"] = Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Memory"] = FormattableString.Invariant($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB"),
    };

    /// <summary>The version of the assembly that a type is in, without the commit.</summary>
    internal static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The processor's name, by the file in which Linux describes it.</summary>
    internal static string Processor(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or one that keeps it to itself.
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
        }
    }
}
