namespace Rnn.MLNet.Kernels;

/// <summary>
/// The element-wise part of a time step of a cell, between the matrix products, for one row. The pre-activations are stored in blocks with one
/// value per unit: first the blocks to which only the inputs contribute, then those to which both contribute, then those to which only the
/// state contributes.
/// </summary>
/// <remarks>
/// Implementations are marked with AggressiveOptimization, as all inner loops of training are: .NET would otherwise first compile them without inlining an
/// operation of a register, in which they take many times as long, for the first hundreds of steps of a process.
/// </remarks>
internal unsafe interface ICellKernel
{
    /// <summary>The number of blocks per row.</summary>
    static abstract int Blocks { get; }

    /// <summary>The block to which each gate of the kernel contributes, in the order of the weights.</summary>
    static abstract ReadOnlySpan<int> InputBlocks { get; }

    /// <summary>The block to which each gate of the recurrent kernel contributes, in the order of the weights.</summary>
    static abstract ReadOnlySpan<int> RecurrentBlocks { get; }

    /// <summary>See <see cref="ICellStep.Constants"/>.</summary>
    static virtual IReadOnlyList<float> Constants => [];

    /// <summary>
    /// Computes the output and the cell state of the time step. Replaces the pre-activations by the activations that <see cref="Backward"/> needs.
    /// </summary>
    /// <param name="width">The number of values in a block, a multiple of the panel width.</param>
    /// <param name="blocks">The pre-activations; on return the activations.</param>
    /// <param name="state">The states before and after the time step.</param>
    static abstract void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>;

    /// <summary>Computes only the output and the cell state, in fewer operations. The pre-activations are lost.</summary>
    /// <param name="width">The number of values in a block, a multiple of the panel width.</param>
    /// <param name="blocks">The pre-activations.</param>
    /// <param name="state">The states before and after the time step.</param>
    static abstract void Step<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>;

    /// <summary>Replaces the activations by the gradients of the pre-activations.</summary>
    /// <param name="width">The number of values in a block.</param>
    /// <param name="blocks">The activations from <see cref="Forward"/>; on return the gradients of the pre-activations.</param>
    /// <param name="state">The states before and after the time step.</param>
    /// <param name="gradient">The gradients of the output and the cell state of the time step.</param>
    static abstract void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>;
}

/// <summary>The states of a row before and after a time step.</summary>
internal readonly unsafe ref struct StateRow(float* previousOutput, float* output, float* previousCell, float* cell)
{
    public readonly float* PreviousOutput = previousOutput, Output = output, PreviousCell = previousCell, Cell = cell;
}

/// <summary>The gradients of a row at a time step.</summary>
internal readonly unsafe ref struct GradientRow(float* output, float* previousOutput, float* cell, float* previousCell)
{
    /// <summary>The gradient of the output of the time step. Input only.</summary>
    public readonly float* Output = output;

    /// <summary>
    /// The gradient of the output of the previous time step, to which the cell adds the part that does not pass through the matrix products.
    /// </summary>
    public readonly float* PreviousOutput = previousOutput;

    /// <summary>The gradients of the cell state after the time step, input only, and of the one before it.</summary>
    public readonly float* Cell = cell, PreviousCell = previousCell;
}
