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
/// <param name="KeepsSteps">Whether the backward pass will need the sums and cell states of every step; otherwise there is room for one.</param>
internal sealed record KernelMemory(int Batch, int Steps, int Units, int Width, int Blocks, bool KeepsSteps)
{
    private bool _isUsedUp;

    /// <summary><c>[steps or 1, batch, blocks × width]</c>.</summary>
    public Tensor Sums { get; } = empty([KeepsSteps ? Steps : 1, Batch, Blocks * Width], ScalarType.Float32, CPU);

    /// <summary><c>[1 + steps, batch, width]</c>; the first state is zero.</summary>
    public Tensor Outputs { get; } = FromZero(1 + Steps, Batch, Width);

    /// <summary><c>[1 + steps or 1, batch, width]</c>; the first state is zero.</summary>
    public Tensor Cells { get; } = FromZero(KeepsSteps ? 1 + Steps : 1, Batch, Width);

    /// <summary>Memory for packed weights; zeros where something lies between the units' columns.</summary>
    public Tensor Packed(long count) => Units == Width ? empty(count, ScalarType.Float32, CPU) : zeros(count, ScalarType.Float32, CPU);

    /// <summary>The address of a contiguous tensor's first number. It holds as long as the tensor is kept alive.</summary>
    public static unsafe float* Address(Tensor tensor)
    {
        // Of a slice of one number: a span over all of them ends at 2 GB.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    /// <summary>Marks the memory as overwritten by a backward pass.</summary>
    /// <exception cref="InvalidOperationException">It was before.</exception>
    public void UseUp()
    {
        if (_isUsedUp)
        {
            throw new InvalidOperationException("A run of a recurrent layer can be differentiated once: its backward pass overwrites what the forward pass kept. Run it again.");
        }

        _isUsedUp = true;
    }

    private static Tensor FromZero(int steps, int batch, int width)
    {
        var states = empty([steps, batch, width], ScalarType.Float32, CPU);
        states[0].zero_();
        return states;
    }
}
