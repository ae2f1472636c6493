using System.Runtime.Intrinsics.X86;
using Rnn.MLNet.Cells;
using Rnn.MLNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Decides what <see cref="RnnPrecision.Auto"/> means, by a rule on the processor, the cell and the sizes: never by a clock, which
/// would tell a busy machine something else than an idle one.
/// </summary>
/// <remarks>
/// The rule rests on the table of docs/performance.md, rows a second of 128 units in bfloat16 against this library's own kernels in float32
/// on a processor with AVX512-BF16: LSTM 1.43 with 64 rows a shard, 1.12 with 16, 0.90 with 256; in both directions 1.15, 1.17
/// and 1.02; GRU 0.65, 0.35 and 1.15; simple RNN 0.51, 0.35 and 1.01. So only LSTMs gain, and only with shards of a middle size.
/// </remarks>
internal static class PrecisionChoice
{
    private const int LeastUnits = 128;
    private const int LeastRows = 64;
    private const int MostRows = 128;

    private static readonly bool ProcessorHasBFloat16 = HasBFloat16();

    /// <summary>What the recurrent layers of a training compute in.</summary>
    /// <param name="wanted">The option.</param>
    /// <param name="spec">The network.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="rowsPerShard">Rows of a shard of a whole minibatch.</param>
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

    /// <summary>AVX512-BF16 (CPUID leaf 7.1, EAX bit 5) or AMX-BF16 (leaf 7.0, EDX bit 22).</summary>
    private static bool HasBFloat16() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 &&
        ((X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0);
}
