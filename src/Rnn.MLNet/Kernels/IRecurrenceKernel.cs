namespace Rnn.MLNet.Kernels;

/// <summary>A cell's run over time in one width of register.</summary>
internal unsafe interface IRecurrenceKernel
{
    /// <summary>Columns of a panel of weights, see <see cref="PackedWeights"/>.</summary>
    int Panel { get; }

    /// <summary>Runs over the sequence.</summary>
    /// <param name="memory">What is left behind.</param>
    /// <param name="inputs">The first row's first step; the steps of a row lie one after the other.</param>
    /// <param name="length">Numbers of a step.</param>
    /// <param name="kernel">Packed weights of the inputs.</param>
    /// <param name="recurrent">Packed weights of the state.</param>
    /// <param name="bias">One number for each sum.</param>
    void Forward(KernelMemory memory, float* inputs, int length, float* kernel, float* recurrent, float* bias);

    /// <summary>Turns the sums of every step into their gradients.</summary>
    /// <param name="memory">What <see cref="Forward"/> left behind.</param>
    /// <param name="recurrent">Weights of the state, packed for the backward pass.</param>
    /// <param name="gradients">
    /// Those of the states from the first, zero, one on, <c>[1 + steps, batch, width]</c>; or of the last two only, the last but one
    /// zero. Overwritten.
    /// </param>
    /// <param name="everyStep">Whether all states' gradients are given.</param>
    /// <param name="cells">Zeros, <c>[batch, width]</c>. Overwritten.</param>
    void Backward(KernelMemory memory, float* recurrent, float* gradients, bool everyStep, float* cells);

    /// <summary>Adds up the gradient of weights over all rows and steps.</summary>
    /// <param name="memory">With the gradients of the sums.</param>
    /// <param name="values">What the weights were multiplied with.</param>
    /// <param name="valuesStride">From a row of the values to the next.</param>
    /// <param name="length">Values of a row.</param>
    /// <param name="sums">The first column of sums that the weights fed.</param>
    /// <param name="columns">How many columns they fed.</param>
    /// <param name="gradient">Zeros, <c>[length + 1, columns]</c>: the weights', transposed, and behind them the bias's.</param>
    void OfWeights(KernelMemory memory, float* values, int valuesStride, int length, float* sums, int columns, float* gradient);
}
