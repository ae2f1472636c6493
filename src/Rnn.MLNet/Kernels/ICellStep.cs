namespace Rnn.MLNet.Kernels;

/// <summary>
/// One time step of a cell for some rows, forward and backward, with the weights of one layer in one direction. Once they are loaded, several threads, each with states of its
/// own, can use it at the same time: it stores no state. Only one may run it backward.
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

    // The backward pass. Run leaves in its scratch memory the activations that it needs, if it is told to.

    /// <summary>Packs the weights for the backward pass.</summary>
    /// <param name="weights">The weights, see <see cref="ICellStep.Load"/>.</param>
    void LoadBackward(float*[] weights);

    /// <summary>
    /// Replaces the activations of a time step by the gradients of its pre-activations, and computes the gradient of the states before it.
    /// </summary>
    /// <param name="rows">What <see cref="ICellStep.Run"/> was given.</param>
    /// <param name="after">The gradient of the states after the time step, <c>[rows, state size]</c>. Overwritten.</param>
    /// <param name="before">Receives the gradient of the states before it; not all of it before the first time step, where nothing depends on it.</param>
    void Backward(in StepRows rows, in Matrix after, in Matrix before);

    /// <summary>Computes the gradients of the weights.</summary>
    /// <param name="history">All time steps, after <see cref="Backward"/>.</param>
    /// <param name="gradients">Receives the gradients, in the order in which the weights are specified.</param>
    void WeightGradients(in CellHistory history, float*[] gradients);

    /// <summary>The number of values of a row's input gradient, padded.</summary>
    int InputGradientSize { get; }

    /// <summary>Computes the gradients of the inputs.</summary>
    /// <param name="history">All time steps, after <see cref="Backward"/>.</param>
    /// <param name="target">Receives the gradients, <c>[steps × rows, input gradient size]</c>.</param>
    void InputGradients(in CellHistory history, in Matrix target);
}

/// <summary>A range of values in a state.</summary>
internal readonly record struct StatePart(int Start, int Count);
