namespace Rnn.MLNet.Kernels;

/// <summary>
/// One time step of a cell for some rows, with the weights of one layer in one direction. Once they are loaded, several threads, each with states of its
/// own, can use it at the same time: it stores no state.
/// </summary>
internal unsafe interface ICellStep
{
    /// <summary>
    /// The number of values of a row's state. It begins with the output of the time step; a cell state, if the cell has one, follows. Both are padded.
    /// </summary>
    int StateSize { get; }

    /// <summary>The places of the output and the cell state in a state, without the padding, which is always 0.</summary>
    IReadOnlyList<StatePart> Parts { get; }

    /// <summary>The number of values of a row's pre-activations.</summary>
    int ProjectedSize { get; }

    /// <summary>The number of values for each row that <see cref="Run"/> needs for intermediate results.</summary>
    int ScratchSize { get; }

    /// <summary>The numbers, other than weights, that determine what the cell computes.</summary>
    IReadOnlyList<float> Constants { get; }

    /// <summary>Packs the weights.</summary>
    /// <param name="weights">The weights in the layout of the network, float32, in the order in which the cell's weights are specified.</param>
    void Load(float*[] weights);

    /// <summary>The pre-activations of a row before anything has contributed to them, <see cref="ProjectedSize"/> values: the bias.</summary>
    float* Bias { get; }

    /// <summary>
    /// Computes the part of the pre-activations that does not depend on the state. For a single row it is worth while to do this for all time steps at once,
    /// because the products then read each weight once for several time steps.
    /// </summary>
    /// <param name="inputs">The inputs, <c>[steps, inputs]</c>.</param>
    /// <param name="projected">Receives the results, <c>[steps, <see cref="ProjectedSize"/>]</c>.</param>
    void Project(in Matrix inputs, in Matrix projected);

    /// <summary>Runs the time step.</summary>
    /// <param name="rows">What it reads and writes.</param>
    void Run(in StepRows rows);
}

/// <summary>The rows of a time step.</summary>
/// <param name="inputs">The inputs of the layer, <c>[rows, inputs]</c>; without columns if <paramref name="initial"/> already contains their part.</param>
/// <param name="initial">
/// What the pre-activations begin with, <c>[rows, projected size]</c>: the cell's bias, repeated, or the results of <see cref="ICellStep.Project"/>. Not changed.
/// </param>
/// <param name="before">The states before the time step, <c>[rows, state size]</c>; zeros before the first one.</param>
/// <param name="after">Receives the states after the time step. Must not overlap <paramref name="before"/>.</param>
/// <param name="scratch">Memory for intermediate results, <c>[rows, scratch size]</c>.</param>
/// <param name="mask">
/// The factors of recurrent dropout, <c>[rows, units]</c>, whose rows are padded to whole panels; without rows if there is no dropout.
/// </param>
internal readonly ref struct StepRows(Matrix inputs, Matrix initial, Matrix before, Matrix after, Matrix scratch, Matrix mask = default)
{
    public readonly Matrix Inputs = inputs, Initial = initial, Before = before, After = after, Scratch = scratch, Mask = mask;

    public int Count => Before.Rows;
}

/// <summary>A range of values in a state.</summary>
internal readonly record struct StatePart(int Start, int Count);
