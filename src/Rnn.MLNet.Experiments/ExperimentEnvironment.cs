using System.Reflection;
using System.Runtime.InteropServices;

namespace Rnn.MLNet.Experiments;

/// <summary>Describes the machine and the library versions, on which the figures of an experiment depend besides its settings.</summary>
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

    /// <summary>Returns the version of the assembly that declares a type, without the commit hash.</summary>
    internal static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Reads the processor's name from a file in the format of Linux's <c>/proc/cpuinfo</c>.</summary>
    internal static string Processor(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or the file is not readable. Windows sets the environment variable.
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
        }
    }
}
