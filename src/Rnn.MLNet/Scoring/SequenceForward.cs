using System.Collections.Concurrent;
using Rnn.MLNet.Kernels;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>Scores batches with this library's kernels, without libtorch.</summary>
/// <param name="task">The task.</param>
/// <param name="capacity">The largest number of rows in a batch.</param>
internal sealed class SequenceForward(ITask task, int capacity) : IBatchForward
{
    // As many as batches are scored at the same time.
    private readonly ConcurrentBag<SequenceMemory> _free = [];

    public void Run(SharedNetwork.Lease lease, AlignedFloats features, int rows, Span<float> scores)
    {
        using var work = NativeWork.Begin(parks: false);
        var network = lease.Sequences;
        var columns = task.Columns;
        if (!_free.TryTake(out var memory))
        {
            memory = network.NewMemory(capacity, everyStep: columns.ScoredSteps is not null);
        }

        network.Run(features, rows, memory);
        var steps = columns.ScoredSteps ?? 1;
        for (var row = 0; row < rows; row++)
        {
            for (var step = 0; step < steps; step++)
            {
                task.Scores(memory.OutputsOf(row, step), scores.Slice((row * steps + step) * columns.ScoreLength, columns.ScoreLength));
            }
        }

        _free.Add(memory);
    }
}
