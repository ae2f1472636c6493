using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>What a run over a sequence leaves behind; time-major, so that the states of all steps before are one matrix with those of all steps after.</summary>
/// <param name="Batch">Rows.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Units">Units of the cell.</param>
/// <param name="Width">The units, and zeros up to a whole number of panels.</param>
/// <param name="Blocks">Blocks of sums.</param>
/// <param name="KeepsSteps">Whether the way back will need the sums and cell states of every step; otherwise there is room for one.</param>
internal sealed record KernelMemory(int Batch, int Steps, int Units, int Width, int Blocks, bool KeepsSteps)
{
    /// <summary><c>[steps or 1, batch, blocks × width]</c>.</summary>
    public Tensor Sums { get; } = empty(KeepsSteps ? Steps : 1, Batch, Blocks * Width);

    /// <summary><c>[1 + steps, batch, width]</c>; the first state is zero.</summary>
    public Tensor Outputs { get; } = FromZero(1 + Steps, Batch, Width);

    /// <summary><c>[1 + steps or 1, batch, width]</c>; the first state is zero.</summary>
    public Tensor Cells { get; } = FromZero(KeepsSteps ? 1 + Steps : 1, Batch, Width);

    /// <summary>Memory for packed weights; zeros where something lies between the units' columns.</summary>
    public Tensor Packed(long count) => Units == Width ? empty(count) : zeros(count);

    /// <summary>The address of a contiguous tensor's first number. It holds as long as the tensor is kept alive.</summary>
    public static unsafe float* Address(Tensor tensor)
    {
        // Of a slice of one number: a span over all of them ends at 2 GB.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    private static Tensor FromZero(int steps, int batch, int width)
    {
        var states = empty(steps, batch, width);
        states[0].zero_();
        return states;
    }
}
