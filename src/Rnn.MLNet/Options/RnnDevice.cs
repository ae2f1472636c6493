namespace Rnn.MLNet;

/// <summary>The device on which a network is trained and scored.</summary>
/// <remarks>
/// Which GPU is the <see cref="MLContext.GpuDeviceId"/> of the context, if it is set. If there is no such GPU, an <see cref="InvalidOperationException"/>
/// is thrown; if <see cref="MLContext.FallbackToCpu"/> is true, <see cref="Auto"/> uses the CPU instead and writes a warning to the log of the context. The context's settings count when <c>Fit</c> or <c>LoadRnn</c> is called.
/// </remarks>
public enum RnnDevice
{
    /// <summary>
    /// The GPU that the context asks for; if it asks for none, the first CUDA GPU if libtorch finds one, otherwise the CPU.
    /// </summary>
    Auto,

    /// <summary>The CPU, whatever the context asks for.</summary>
    Cpu,

    /// <summary>The GPU that the context asks for, or the first CUDA GPU. An <see cref="InvalidOperationException"/> is thrown if there is none.</summary>
    Cuda,
}
