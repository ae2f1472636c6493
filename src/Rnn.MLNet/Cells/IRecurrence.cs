using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs a cell over a sequence in one direction and specifies the weights that it needs. It does not store weights, so it can be used by
/// several threads and in several precisions at the same time.
/// </summary>
internal interface IRecurrence
{
    /// <summary>The size of the last dimension of the outputs.</summary>
    int OutputSize { get; }

    /// <summary>
    /// Whether the cell can run in reduced precision. TorchScript loops cannot: they keep their state in float32 because rounding errors would
    /// accumulate over the time steps.
    /// </summary>
    bool AllowsReducedPrecision { get; }

    /// <summary>Whether bfloat16 is known to be faster than float32 for some sizes on CPUs that support it.</summary>
    bool GainsFromReducedPrecision { get; }

    /// <summary>Returns the weights that the cell needs for inputs of the given size, in the order in which they are stored.</summary>
    IReadOnlyList<WeightSpec> Weights(int inputSize);

    /// <summary>Runs the cell over a sequence in libtorch, on any device and in any precision that the cell allows.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="weights">The weights that <see cref="Weights"/> specifies.</param>
    /// <param name="masks">The masks from <see cref="Masks"/>.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step. Returning only the final state can be faster.</param>
    RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep);

    /// <summary>
    /// Draws the masks of dropout within the recurrence, <c>[time, batch, units]</c>; null if there is none.
    /// </summary>
    /// <param name="inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
    /// <param name="dropout">The generator for the masks in training; null in scoring, without dropout.</param>
    Tensor? Masks(Tensor inputs, Generator? dropout) => null;

    /// <summary>Creates the cell's time step, whose weights are still to be loaded.</summary>
    /// <typeparam name="T">The registers to compute with.</typeparam>
    /// <param name="inputSize">The size of the inputs.</param>
    ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T>;
}
