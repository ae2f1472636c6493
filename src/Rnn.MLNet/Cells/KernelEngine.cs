using System.Runtime.Intrinsics;
using Rnn.MLNet.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Chooses between this library's own kernels, on the CPU in float32, and libtorch. libtorch's loop packs the weights again for the product of each time
/// step and records each time step for its automatic differentiation. With the kernels, the weights are packed once per minibatch, the
/// gradient of the weights is one product over all time steps, and nothing is recorded.
/// </summary>
internal static class KernelEngine
{
    /// <summary>
    /// Returns whether the kernels can compute on a device in a number format: float32 on a CPU with SIMD registers of at least 256 bits.
    /// </summary>
    public static bool Supports(DeviceType device, ScalarType type) =>
        Vector256.IsHardwareAccelerated && device == DeviceType.CPU && type == ScalarType.Float32;

    /// <summary>Creates the time step of a cell, for the registers of this processor.</summary>
    public static ICellStep Step(IRecurrence cell, int inputSize) =>
        !Vector512.IsHardwareAccelerated ? cell.Step<Lanes256>(inputSize)
        : PanelWidth.SuitsPairs(cell.OutputSize) ? cell.Step<Lanes1024>(inputSize)
        : cell.Step<Lanes512>(inputSize);
}
