using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// A cell's run over a sequence in one direction: which weights it needs, and which engine it runs on.
/// It holds no weights itself, so that several threads and several precisions can run it at once.
/// </summary>
internal interface IRecurrence
{
    /// <summary>Size of the last dimension of the outputs.</summary>
    int OutputSize { get; }

    /// <summary>Whether it may run in a reduced precision. Loops keep their state in float32: a rounding a step adds up.</summary>
    bool AllowsReducedPrecision { get; }

    /// <summary>Whether bfloat16 is known to be faster than float32, on processors that compute in it and at some sizes.</summary>
    bool GainsFromReducedPrecision { get; }

    /// <summary>The weights that the cell needs for inputs of the given size, in the order in which they lie in memory.</summary>
    IReadOnlyList<WeightSpec> Weights(int inputSize);

    /// <summary>Runs over the sequence.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="weights">The weights, by the names that <see cref="Weights"/> gives them.</param>
    /// <param name="dropout">Where dropout inside the recurrence draws its masks from in training; null in scoring, which drops nothing.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise the final state alone, which can cost less.</param>
    RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Generator? dropout, bool everyStep);
}
