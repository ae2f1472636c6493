using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet;

/// <summary>Loads the native library, or says what to do.</summary>
internal static class Libtorch
{
    /// <summary>Loads libtorch and picks the device.</summary>
    /// <exception cref="InvalidOperationException">libtorch could not be loaded, or there is no GPU and one was asked for.</exception>
    public static Device Load(RnnDevice device)
    {
        try
        {
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
        {
            var version = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
            throw new InvalidOperationException(
                $"libtorch could not be loaded. Add the package TorchSharp-cpu {version} to the application (for an NVIDIA GPU TorchSharp-cuda-linux or TorchSharp-cuda-windows {version}). " +
                $"The cause was: {exception.GetBaseException().Message}", exception);
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
}
