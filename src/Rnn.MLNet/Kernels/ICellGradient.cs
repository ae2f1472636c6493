namespace Rnn.MLNet.Kernels;

/// <summary>A cell that can be differentiated: <see cref="ICellStep.Run"/> leaves in its scratch memory the activations that the backward pass needs.</summary>
internal unsafe interface ICellGradient : ICellStep
{
    /// <summary>Packs the weights for the backward pass.</summary>
    /// <param name="weights">The weights, see <see cref="ICellStep.Load"/>.</param>
    void LoadBackward(float*[] weights);

    /// <summary>
    /// Replaces the activations of a time step by the gradients of its pre-activations, and computes the gradient of the states before it.
    /// </summary>
    /// <param name="rows">What <see cref="ICellStep.Run"/> was given.</param>
    /// <param name="after">The gradient of the states after the time step, <c>[rows, state size]</c>. Overwritten.</param>
    /// <param name="before">Receives the gradient of the states before it.</param>
    void Backward(in StepRows rows, in Matrix after, in Matrix before);

    /// <summary>Computes the gradients of the weights.</summary>
    /// <param name="history">All time steps, after <see cref="Backward"/>.</param>
    /// <param name="gradients">Receives the gradients, in the order of the weights.</param>
    void WeightGradients(in CellHistory history, float*[] gradients);

    /// <summary>The number of values of a row's input gradient, padded.</summary>
    int InputGradientSize { get; }

    /// <summary>Computes the gradients of the inputs.</summary>
    /// <param name="history">All time steps, after <see cref="Backward"/>.</param>
    /// <param name="target">Receives the gradients, <c>[steps × rows, input gradient size]</c>.</param>
    void InputGradients(in CellHistory history, in Matrix target);
}

/// <summary>All time steps of some rows, each matrix <c>[steps × rows, …]</c>.</summary>
internal readonly ref struct CellHistory(Matrix inputs, Matrix before, Matrix after, Matrix gradients)
{
    /// <summary>The inputs of the layer.</summary>
    public readonly Matrix Inputs = inputs;

    /// <summary>The states before and after each time step.</summary>
    public readonly Matrix Before = before, After = after;

    /// <summary>The scratch memory of each time step, after the backward pass.</summary>
    public readonly Matrix Gradients = gradients;
}
