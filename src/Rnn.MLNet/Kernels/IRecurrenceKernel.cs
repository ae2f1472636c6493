namespace Rnn.MLNet.Kernels;

/// <summary>A cell's run over time in one width of register.</summary>
internal unsafe interface IRecurrenceKernel
{
    /// <summary>Columns of a panel of weights, see <see cref="PackedWeights"/>.</summary>
    int Panel { get; }

    /// <summary>Runs over the sequence.</summary>
    /// <param name="activations">Filled.</param>
    /// <param name="inputs">The inputs of each step, <c>[batch, inputs]</c>.</param>
    /// <param name="weights">The weights.</param>
    void Forward(SavedActivations activations, in MatrixSeries inputs, in ForwardWeights weights);

    /// <summary>Turns the activations of every step into the gradients of the pre-activations.</summary>
    /// <param name="activations">What <see cref="Forward"/> saved. Overwritten.</param>
    /// <param name="recurrentKernel">Weights of the state, packed for the backward pass.</param>
    /// <param name="gradients">
    /// Those of the outputs from the zero ones before the first step on, <c>[1 + steps, batch, width]</c>; or of the last two only, the
    /// last but one zero. Overwritten.
    /// </param>
    /// <param name="everyStep">Whether all outputs' gradients are given.</param>
    /// <param name="cellGradients">Zeros, <c>[batch, width]</c>. Overwritten.</param>
    void Backward(SavedActivations activations, float* recurrentKernel, in MatrixSeries gradients, bool everyStep, in Matrix cellGradients);

    /// <summary>Adds up the gradient of weights over all rows and steps.</summary>
    /// <param name="values">What the weights were multiplied with, <c>[steps × batch, length]</c>.</param>
    /// <param name="preActivations">Gradients of the pre-activations that the weights fed, <c>[steps × batch, columns]</c>.</param>
    /// <param name="gradient">Zeros, <c>[length + 1, columns]</c>: the weights', transposed, and behind them the bias's.</param>
    void AddWeightGradient(in Matrix values, in Matrix preActivations, in Matrix gradient);
}
