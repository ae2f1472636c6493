using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// The activations and states that the forward pass over a sequence saves for the backward pass. They are time-major, so that the states
/// before all time steps and those after all time steps are two contiguous slices of one tensor.
/// </summary>
/// <param name="Batch">The number of rows.</param>
/// <param name="Steps">The number of time steps.</param>
/// <param name="Units">The number of units of the cell.</param>
/// <param name="Width">The number of units, rounded up to a multiple of the panel width.</param>
/// <param name="Blocks">The number of blocks of pre-activations.</param>
/// <param name="KeepsSteps">
/// Whether to keep the activations and cell states of every time step for a backward pass; otherwise all time steps share one buffer.
/// </param>
internal sealed record SavedActivations(int Batch, int Steps, int Units, int Width, int Blocks, bool KeepsSteps)
{
    private bool _isUsedUp;

    /// <summary>
    /// The pre-activations, <c>[steps or 1, batch, blocks × width]</c>. The forward pass replaces them by the activations of the gates, and the
    /// backward pass replaces those by the gradients of the pre-activations.
    /// </summary>
    public Tensor PreActivations { get; } = empty([KeepsSteps ? Steps : 1, Batch, Blocks * Width], ScalarType.Float32, CPU);

    /// <summary>The outputs, <c>[1 + steps, batch, width]</c>. The first entry is the zero initial state.</summary>
    public Tensor Outputs { get; } = FromZero(1 + Steps, Batch, Width);

    /// <summary>The cell states, <c>[1 + steps or 1, batch, width]</c>. The first entry is the zero initial state.</summary>
    public Tensor CellStates { get; } = FromZero(KeepsSteps ? 1 + Steps : 1, Batch, Width);

    /// <summary>Allocates memory for packed weights, set to zero if the blocks are padded.</summary>
    public Tensor Packed(long count) => Units == Width ? empty(count, ScalarType.Float32, CPU) : zeros(count, ScalarType.Float32, CPU);

    /// <summary>Returns the mapping of gates to the given blocks.</summary>
    public GateBlocks BlocksOf(ReadOnlySpan<int> blocks) => new(blocks, Units, Width);

    /// <summary>Returns a time-major tensor such as <see cref="Outputs"/> as one matrix per time step. The tensor must be kept alive.</summary>
    public static unsafe MatrixSeries ByStep(Tensor tensor)
    {
        var shape = tensor.shape;
        int rows = (int)shape[1], columns = (int)shape[2];
        return new MatrixSeries(new Matrix(TensorMemory.Address(tensor), rows, columns, columns), (long)rows * columns);
    }

    /// <summary>
    /// Returns a time-major tensor such as <see cref="Outputs"/> as one matrix with the rows of all time steps. The tensor must be kept alive.
    /// </summary>
    public static unsafe Matrix AllRows(Tensor tensor)
    {
        var shape = tensor.shape;
        var columns = (int)shape[2];
        return new Matrix(TensorMemory.Address(tensor), checked((int)(shape[0] * shape[1])), columns, columns);
    }

    /// <summary>Marks the activations as overwritten by a backward pass.</summary>
    /// <exception cref="InvalidOperationException">Thrown if they are already marked.</exception>
    public void UseUp()
    {
        if (_isUsedUp)
        {
            throw new InvalidOperationException("A run of a recurrent layer can be differentiated once: its backward pass overwrites the saved activations. Run the forward pass again.");
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
