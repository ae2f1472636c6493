namespace Rnn.MLNet.Kernels;

/// <summary>The rows of a time step.</summary>
/// <param name="inputs">The inputs of the layer, <c>[rows, inputs]</c>; without columns if <paramref name="initial"/> already contains their part.</param>
/// <param name="initial">
/// What the pre-activations begin with, <c>[rows, projected size]</c>: the cell's bias, repeated, or the results of <see cref="ICellStep.Project"/>. Not changed.
/// </param>
/// <param name="before">The states before the time step, <c>[rows, state size]</c>.</param>
/// <param name="after">Receives the states after the time step. Must not overlap <paramref name="before"/>.</param>
/// <param name="scratch">Memory for intermediate results, <c>[rows, scratch size]</c>.</param>
/// <param name="mask">
/// The factors of recurrent dropout, <c>[rows, units]</c>, whose rows are padded to whole panels; without rows if there is no dropout.
/// </param>
/// <param name="isFirst">Whether the states before are all 0, so that products with them can be left out.</param>
/// <param name="keepsActivations">Whether the scratch memory must hold, afterwards, the activations that the backward pass needs.</param>
internal readonly ref struct StepRows(
    Matrix inputs, Matrix initial, Matrix before, Matrix after, Matrix scratch, Matrix mask = default, bool isFirst = false, bool keepsActivations = false)
{
    public readonly Matrix Inputs = inputs, Initial = initial, Before = before, After = after, Scratch = scratch, Mask = mask;

    public readonly bool IsFirst = isFirst, KeepsActivations = keepsActivations;

    public int Count => Before.Rows;

    /// <summary>Returns the outputs of the time step before, without columns before the first one.</summary>
    /// <param name="columns">The number of outputs.</param>
    public Matrix OutputsBefore(int columns) => Before.SomeColumns(0, IsFirst ? 0 : columns);
}
