using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Scoring;

/// <summary>Computes the scores of the rows of a batch. Threads may use it at the same time.</summary>
internal interface IBatchForward
{
    /// <param name="lease">Access to the network.</param>
    /// <param name="features">The features, <c>[rows, time, features]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="scores">Receives the scores, <c>[rows, scores of a row]</c>.</param>
    /// <exception cref="InvalidOperationException">libtorch failed, or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">The process is ending.</exception>
    void Run(SharedNetwork.Lease lease, AlignedFloats features, int rows, Span<float> scores);
}
