using System.Runtime.Intrinsics.X86;
using Rnn.MLNet.Cells;
using Rnn.MLNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Resolves <see cref="RnnPrecision.Auto"/> by a rule on the processor, the cell and the sizes. The rule never measures time: the result
/// would depend on how busy the machine is.
/// </summary>
/// <remarks>
/// The rule is based on docs/performance.md: the speed of bfloat16 relative to this library's own float32 kernels, for 128 units on a
/// processor with AVX512-BF16 and shards of 64, 16 and 256 rows. LSTM: 1.43, 1.12, 0.90. Bidirectional LSTM: 1.15, 1.17, 1.02. GRU: 0.65,
/// 0.35, 1.15. Basic RNN: 0.51, 0.35, 1.01. So the rule selects bfloat16 only for LSTMs, and only for shards of medium size.
/// </remarks>
internal static class PrecisionChoice
{
    private const int LeastUnits = 128;
    private const int LeastRows = 64;
    private const int MostRows = 128;

    private static readonly bool ProcessorHasBFloat16 = X86Base.IsSupported && HasBFloat16(X86Base.CpuId);

    /// <summary>Returns the number format that the recurrent layers compute in during training.</summary>
    /// <param name="wanted">The requested precision.</param>
    /// <param name="spec">The architecture of the network.</param>
    /// <param name="device">The device that trains it.</param>
    /// <param name="rowsPerShard">The number of rows in each shard of a full minibatch.</param>
    public static ScalarType Choose(RnnPrecision wanted, NetworkSpec spec, Device device, long rowsPerShard) =>
        Choose(wanted, spec, rowsPerShard, device.type == DeviceType.CPU && ProcessorHasBFloat16);

    /// <inheritdoc cref="Choose(RnnPrecision, NetworkSpec, Device, long)"/>
    public static ScalarType Choose(RnnPrecision wanted, NetworkSpec spec, long rowsPerShard, bool hasBFloat16) => wanted switch
    {
        _ when !CellTable.Of(spec.Cell).Recurrence.AllowsReducedPrecision => ScalarType.Float32,
        RnnPrecision.Float32 => ScalarType.Float32,
        RnnPrecision.BFloat16 => ScalarType.BFloat16,
        _ => hasBFloat16 && CellTable.Of(spec.Cell).Recurrence.GainsFromReducedPrecision && spec.Cell.Units >= LeastUnits && rowsPerShard is >= LeastRows and <= MostRows
            ? ScalarType.BFloat16
            : ScalarType.Float32,
    };

    /// <summary>Returns whether a processor has AVX512-BF16 (CPUID leaf 7.1, EAX bit 5) or AMX-BF16 (leaf 7.0, EDX bit 22).</summary>
    /// <param name="cpuId">Returns the registers of a CPUID leaf and subleaf.</param>
    public static bool HasBFloat16(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId) =>
        cpuId(0, 0).Eax >= 7 && ((cpuId(7, 1).Eax & (1 << 5)) != 0 || (cpuId(7, 0).Edx & (1 << 22)) != 0);
}
