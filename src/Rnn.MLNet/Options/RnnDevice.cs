namespace Rnn.MLNet;

/// <summary>The device on which a network is trained and scored.</summary>
public enum RnnDevice
{
    /// <summary>The first CUDA GPU if libtorch finds one, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA GPU. An <see cref="InvalidOperationException"/> is thrown if there is none.</summary>
    Cuda,
}
