using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// One layer of recurrence in one direction: which weights it needs and how it runs over a sequence with them.
/// It holds no weights itself, so that several threads and several precisions can run it at once.
/// </summary>
internal interface IRecurrentCell
{
    /// <summary>Size of the last dimension of the outputs.</summary>
    int OutputSize { get; }

    /// <summary>The weights that the cell needs for inputs of the given size, in the order in which <see cref="Run"/> takes them.</summary>
    IReadOnlyList<WeightSpec> Weights(int inputSize);

    /// <summary>Whether the cell may run in a reduced precision. Loops keep their state in float32: a rounding a step adds up.</summary>
    bool AllowsReducedPrecision { get; }

    /// <summary>Runs over the whole sequence, from a zero state.</summary>
    /// <param name="inputs"><c>[batch, time, inputs]</c>.</param>
    /// <param name="weights">The weights, in the order of <see cref="Weights"/>.</param>
    /// <param name="dropout">Where dropout inside the recurrence draws its masks from in training; null in scoring, which drops nothing.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise the last one's.</param>
    /// <returns>The outputs of every step, <c>[batch, time, outputs]</c>, or of the last one, <c>[batch, outputs]</c>.</returns>
    Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, Generator? dropout, bool everyStep);
}
