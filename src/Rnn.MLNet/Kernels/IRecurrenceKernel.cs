namespace Rnn.MLNet.Kernels;

/// <summary>The forward and backward pass of a cell over a sequence, for one register width.</summary>
internal unsafe interface IRecurrenceKernel
{
    /// <summary>The number of columns in a panel of weights, see <see cref="PackedWeights"/>.</summary>
    int Panel { get; }

    /// <summary>Runs the forward pass.</summary>
    /// <param name="activations">Receives the activations and states.</param>
    /// <param name="inputs">The inputs of each time step, <c>[batch, inputs]</c>.</param>
    /// <param name="weights">The weights.</param>
    void Forward(SavedActivations activations, in MatrixSeries inputs, in ForwardWeights weights);

    /// <summary>Runs the backward pass: replaces the activations of every time step by the gradients of the pre-activations.</summary>
    /// <param name="activations">The activations and states from <see cref="Forward"/>. Overwritten.</param>
    /// <param name="recurrentKernel">The weights of the state, packed for the backward pass.</param>
    /// <param name="gradients">
    /// If <paramref name="everyStep"/>, zeros for the initial state followed by the gradients of all outputs, <c>[1 + steps, batch, width]</c>;
    /// otherwise zeros followed by the gradient of the last output, <c>[2, batch, width]</c>. Overwritten.
    /// </param>
    /// <param name="everyStep">Whether the gradients of the outputs of all time steps are given.</param>
    /// <param name="cellGradients">Zeros, <c>[batch, width]</c>. Overwritten.</param>
    void Backward(SavedActivations activations, float* recurrentKernel, in MatrixSeries gradients, bool everyStep, in Matrix cellGradients);

    /// <summary>Adds the gradient of a weight matrix and its bias, summed over all rows and time steps.</summary>
    /// <param name="values">The values with which the weights were multiplied, <c>[steps × batch, length]</c>.</param>
    /// <param name="preActivations">The gradients of the pre-activations to which the weights contributed, <c>[steps × batch, columns]</c>.</param>
    /// <param name="gradient">
    /// The gradient to add to, <c>[length + 1, columns]</c>: the transposed weights, followed by one row for the bias.
    /// </param>
    void AddWeightGradient(in Matrix values, in Matrix preActivations, in Matrix gradient);
}
