using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>Loads the native library, or says what to do.</summary>
internal static class Libtorch
{
    /// <summary>Loads libtorch and picks the device.</summary>
    /// <exception cref="InvalidOperationException">libtorch could not be loaded, or there is no GPU and one was asked for.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static Device Load(RnnDevice device)
    {
        // The libraries must not be loading when the end of the process unloads them.
        using var work = NativeWork.Begin(parks: true);
        try
        {
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"libtorch could not be loaded. {Advice(Platform, Version)} The cause was: {exception.GetBaseException().Message}", exception);
        }

        return device switch
        {
            RnnDevice.Cpu => CPU,
            RnnDevice.Cuda => cuda_is_available()
                ? CUDA
                : throw new InvalidOperationException("Device is Cuda, but libtorch finds no CUDA GPU. Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows instead of TorchSharp-cpu, or use RnnDevice.Auto."),
            _ => cuda_is_available() ? CUDA : CPU,
        };
    }

    /// <summary>What to do where libtorch is missing, by platform.</summary>
    /// <param name="platform">Such as linux-x64.</param>
    /// <param name="version">TorchSharp's.</param>
    public static string Advice(string platform, string version) => platform switch
    {
        "linux-x64" => $"Add the package TorchSharp-cpu {version} to the application, or for an NVIDIA GPU TorchSharp-cuda-linux {version}.",
        "win-x64" => $"Add the package TorchSharp-cpu {version} to the application, or for an NVIDIA GPU TorchSharp-cuda-windows {version}.",
        "osx-arm64" => $"Add the package TorchSharp-cpu {version} to the application.",
        _ => $"TorchSharp-cpu {version} brings it for linux-x64 (glibc), win-x64 and osx-arm64, but not for {platform}. Train on one of these; " +
            "a model that was saved as a .zip needs no libtorch to score, only ONNX Runtime.",
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
