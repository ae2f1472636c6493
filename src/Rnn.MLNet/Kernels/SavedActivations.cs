using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// What the forward pass over a sequence saves for the backward pass; time-major, so that the states of all steps before are one matrix
/// with those of all steps after.
/// </summary>
/// <param name="Batch">Rows.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Units">Units of the cell.</param>
/// <param name="Width">The units, and zeros up to a whole number of panels.</param>
/// <param name="Blocks">Blocks of pre-activations.</param>
/// <param name="KeepsSteps">Whether a backward pass will need the activations and cell states of every step; otherwise there is room for one.</param>
internal sealed record SavedActivations(int Batch, int Steps, int Units, int Width, int Blocks, bool KeepsSteps)
{
    private bool _isUsedUp;

    /// <summary>
    /// <c>[steps or 1, batch, blocks × width]</c>: the pre-activations, which a step turns into the activations of its gates, and the
    /// backward pass into the gradients of the pre-activations.
    /// </summary>
    public Tensor PreActivations { get; } = empty([KeepsSteps ? Steps : 1, Batch, Blocks * Width], ScalarType.Float32, CPU);

    /// <summary><c>[1 + steps, batch, width]</c>; the first state is zero.</summary>
    public Tensor Outputs { get; } = FromZero(1 + Steps, Batch, Width);

    /// <summary><c>[1 + steps or 1, batch, width]</c>; the first state is zero.</summary>
    public Tensor CellStates { get; } = FromZero(KeepsSteps ? 1 + Steps : 1, Batch, Width);

    /// <summary>Memory for packed weights; zeros where something lies between the units' columns.</summary>
    public Tensor Packed(long count) => Units == Width ? empty(count, ScalarType.Float32, CPU) : zeros(count, ScalarType.Float32, CPU);

    /// <summary>The blocks that a kernel feeds.</summary>
    public GateBlocks BlocksOf(ReadOnlySpan<int> blocks) => new(blocks, Units, Width);

    /// <summary>A time-major tensor such as <see cref="Outputs"/>, step by step. The tensor must be kept alive.</summary>
    public static unsafe MatrixSeries ByStep(Tensor tensor)
    {
        var shape = tensor.shape;
        int rows = (int)shape[1], columns = (int)shape[2];
        return new MatrixSeries(new Matrix(TensorMemory.Address(tensor), rows, columns, columns), (long)rows * columns);
    }

    /// <summary>A time-major tensor such as <see cref="Outputs"/> as one matrix of all rows of all steps. The tensor must be kept alive.</summary>
    public static unsafe Matrix AllRows(Tensor tensor)
    {
        var shape = tensor.shape;
        var columns = (int)shape[2];
        return new Matrix(TensorMemory.Address(tensor), checked((int)(shape[0] * shape[1])), columns, columns);
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
