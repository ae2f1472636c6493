namespace Rnn.MLNet.Kernels;

/// <summary>
/// One time step of a cell for one row, with the weights of one layer. It stores no state, so several streams, each with a state of its own, can use
/// it at the same time.
/// </summary>
internal unsafe interface ICellStep
{
    /// <summary>
    /// The number of values of a state. It begins with the output of the time step; a cell state, if the cell has one, follows. Both are padded.
    /// </summary>
    int StateSize { get; }

    /// <summary>The places of the output and the cell state in a state, without the padding, which is always 0.</summary>
    IReadOnlyList<StatePart> Parts { get; }

    /// <summary>The number of values of the inputs' part of a time step, see <see cref="Project"/>.</summary>
    int ProjectedSize { get; }

    /// <summary>The number of values that <see cref="Run"/> needs for intermediate results.</summary>
    int ScratchSize { get; }

    /// <summary>The numbers, other than weights, that determine what the cell computes.</summary>
    IReadOnlyList<float> Constants { get; }

    /// <summary>
    /// Computes the part of several time steps that does not depend on the state, at once: the products with the inputs read each weight once for
    /// several time steps.
    /// </summary>
    /// <param name="inputs">The inputs of the layer, <c>[steps, inputs]</c>.</param>
    /// <param name="projected">Receives the results, <c>[steps, <see cref="ProjectedSize"/>]</c>.</param>
    void Project(in Matrix inputs, float* projected);

    /// <summary>Runs a time step.</summary>
    /// <param name="projected">What <see cref="Project"/> computed for this time step. Not changed.</param>
    /// <param name="before">The state before the time step; zeros before the first one.</param>
    /// <param name="after">Receives the state after the time step. Must not overlap <paramref name="before"/>.</param>
    /// <param name="scratch">Memory for intermediate results.</param>
    void Run(float* projected, float* before, float* after, float* scratch);
}

/// <summary>A range of values in a state.</summary>
internal readonly record struct StatePart(int Start, int Count);
