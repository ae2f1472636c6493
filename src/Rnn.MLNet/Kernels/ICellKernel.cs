namespace Rnn.MLNet.Kernels;

/// <summary>
/// What one kind of cell does between the matrix products of a step, for one row. The pre-activations lie in blocks, one
/// number a unit each: first those that only the inputs feed, then those that both feed, then those that only the state feeds.
/// </summary>
internal unsafe interface ICellKernel
{
    /// <summary>Blocks of a row.</summary>
    static abstract int Blocks { get; }

    /// <summary>The block that each gate of the kernel, in its order in the weights, adds to.</summary>
    static abstract ReadOnlySpan<int> InputBlocks { get; }

    /// <summary>The block that each gate of the recurrent kernel adds to.</summary>
    static abstract ReadOnlySpan<int> RecurrentBlocks { get; }

    /// <summary>Turns the pre-activations into the activations that <see cref="Backward"/> needs, in place, and gives the step's output and cell state.</summary>
    static abstract void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>;

    /// <summary>Turns the activations into the gradients of the pre-activations, in place.</summary>
    /// <param name="width">Numbers of a block.</param>
    /// <param name="blocks">What <see cref="Forward"/> left.</param>
    /// <param name="state">The states of the step.</param>
    /// <param name="gradient">The gradients of the step's output and cell state.</param>
    static abstract void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>;
}

/// <summary>A row's states before and after a step.</summary>
internal readonly unsafe ref struct StateRow(float* previousOutput, float* output, float* previousCell, float* cell)
{
    public readonly float* PreviousOutput = previousOutput, Output = output, PreviousCell = previousCell, Cell = cell;
}

/// <summary>A row's gradients at a step.</summary>
internal readonly unsafe ref struct GradientRow(float* output, float* previousOutput, float* cell)
{
    /// <summary>Of the step's output, given.</summary>
    public readonly float* Output = output;

    /// <summary>Of the output of the step before: what does not pass through the products is added to it.</summary>
    public readonly float* PreviousOutput = previousOutput;

    /// <summary>Of the cell state: given after the step, left as it is before the step.</summary>
    public readonly float* Cell = cell;
}
