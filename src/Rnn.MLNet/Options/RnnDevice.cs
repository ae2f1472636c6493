namespace Rnn.MLNet;

/// <summary>Where a network is trained and scored.</summary>
public enum RnnDevice
{
    /// <summary>The GPU if libtorch finds one, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA GPU; an error if there is none.</summary>
    Cuda,
}
