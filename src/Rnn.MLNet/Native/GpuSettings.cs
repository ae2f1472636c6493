namespace Rnn.MLNet.Native;

/// <summary>What an <see cref="MLContext"/> says about GPUs.</summary>
/// <param name="DeviceId">The index of the GPU to use; null if the context does not ask for one.</param>
/// <param name="FallbackToCpu">Whether the CPU is used where that GPU is missing.</param>
internal readonly record struct GpuSettings(int? DeviceId, bool FallbackToCpu);
