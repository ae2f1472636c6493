using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Describes the machine and the library versions that the figures depend on.</summary>
internal static class MachineDescription
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static string Text =>
        $"{Processor()}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; " +
        $"{RuntimeInformation.FrameworkDescription}; " +
        $"TorchSharp {Version(typeof(torch))}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}, ML.NET {Version(typeof(MLContext))}";

    private static string Processor()
    {
        if (!File.Exists(CpuInfo))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        var lines = File.ReadAllLines(CpuInfo);
        // Without avx512_bf16 or amx_bf16, bfloat16 is emulated and slow.
        var instructions = Value(lines, "flags").Split(' ').Intersect(["avx2", "avx512f", "avx512_bf16", "amx_bf16"]);
        return $"{Value(lines, "model name")} ({string.Join(", ", instructions)})";
    }

    private static string Value(string[] lines, string key) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
