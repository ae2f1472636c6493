using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>Loads the native library. If that fails, the exception message tells which package to add.</summary>
internal static class Libtorch
{
    /// <summary>Loads libtorch.</summary>
    /// <exception cref="InvalidOperationException">Thrown if libtorch cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">Thrown if the process is ending.</exception>
    public static void Load()
    {
        // The end of the process must not unload the native libraries while they are being loaded.
        using var work = NativeWork.Begin(parks: true);
        try
        {
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
        {
            throw Missing(exception);
        }
    }

    /// <summary>Returns the error, in one line. TorchSharp's message goes on with all that it tried, in forty; they stay in the inner exception.</summary>
    internal static InvalidOperationException Missing(Exception exception) => new(
        $"libtorch could not be loaded. {Advice(Platform, Version)} The cause was: {exception.GetBaseException().Message.Split('\n')[0].Trim()} "
        + "What was tried is in the inner exception.",
        exception);

    /// <summary>Returns advice on how to install libtorch, for an error message.</summary>
    /// <param name="platform">The platform, such as linux-x64.</param>
    /// <param name="version">The version of TorchSharp.</param>
    public static string Advice(string platform, string version) => platform switch
    {
        "linux-x64" => $"Add the package TorchSharp-cpu {version} to the application, or for an NVIDIA GPU TorchSharp-cuda-linux {version}.",
        "win-x64" => $"Add the package TorchSharp-cpu {version} to the application, or for an NVIDIA GPU TorchSharp-cuda-windows {version}.",
        "osx-arm64" => $"Add the package TorchSharp-cpu {version} to the application.",
        _ => $"TorchSharp-cpu {version} supports linux-x64 (glibc), win-x64 and osx-arm64, but not {platform}. Train on one of these platforms; " +
            "a model that was saved as a .zip can be scored without libtorch, with ONNX Runtime only.",
    };

    internal static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier is var rid && (rid.Contains("musl") || rid.StartsWith("alpine")) ? "linux-musl"
                : OperatingSystem.IsLinux() ? "linux"
                : rid;
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    internal static string Version =>
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
