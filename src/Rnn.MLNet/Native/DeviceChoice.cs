using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>Chooses the device from the option of the network and the context's <see cref="MLContext.GpuDeviceId"/>.</summary>
internal static class DeviceChoice
{
    /// <summary>Loads libtorch and returns the device to use.</summary>
    /// <param name="device">The option.</param>
    /// <param name="environment">The environment of the context, whose log says so if the CPU replaces the GPU that was asked for.</param>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded, or a GPU is required and missing.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    public static Device Of(RnnDevice device, IHostEnvironment environment)
    {
        Libtorch.Load();
        using var channel = environment.Start(nameof(RnnDevice));
        return Of(
            device,
            MLNetAccessors.GpuSettingsOf(environment),
            cuda_is_available() ? cuda.device_count() : 0,
            message => channel.Warning(MessageSensitivity.None, message));
    }

    /// <summary>Returns the device to use.</summary>
    /// <param name="device">The option.</param>
    /// <param name="context">The settings of the context.</param>
    /// <param name="gpus">The number of GPUs that libtorch finds.</param>
    /// <param name="warn">Told if the CPU replaces the GPU that was asked for.</param>
    public static Device Of(RnnDevice device, GpuSettings context, int gpus, Action<string> warn)
    {
        if (device == RnnDevice.Cpu)
        {
            return CPU;
        }

        if (context.DeviceId is not { } id)
        {
            return gpus > 0 ? new Device(DeviceType.CUDA)
                : device == RnnDevice.Auto ? CPU
                : throw new InvalidOperationException($"Device is Cuda, but libtorch finds no CUDA GPU. {Package}, or use RnnDevice.Auto.");
        }

        if (id >= 0 && id < gpus)
        {
            return new Device(DeviceType.CUDA, id);
        }

        var missing = $"GpuDeviceId of the MLContext is {id}, but libtorch finds {gpus switch { 0 => "no CUDA GPU", 1 => "only GPU 0", _ => $"only the GPUs 0 to {gpus - 1}" }}";
        var advice = gpus == 0 ? Package : "Set GpuDeviceId to a GPU that is there";
        if (device == RnnDevice.Auto && context.FallbackToCpu)
        {
            warn($"{missing}: the network runs on the CPU, because FallbackToCpu of the MLContext is true. To use a GPU: {advice}.");
            return CPU;
        }

        throw new InvalidOperationException(device == RnnDevice.Auto
            ? $"{missing}, and FallbackToCpu of the MLContext is false. {advice}, set FallbackToCpu to true, or use RnnDevice.Cpu."
            : $"{missing}, and Device is Cuda. {advice}, or use RnnDevice.Cpu.");
    }

    private const string Package = "Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows instead of TorchSharp-cpu";
}
