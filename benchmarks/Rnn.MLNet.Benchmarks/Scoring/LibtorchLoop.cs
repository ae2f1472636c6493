using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>The baseline scoring loop with TorchSharp: batches are views of one tensor, one dispose scope per batch, no gradients.</summary>
internal sealed class LibtorchLoop(PlainNetwork network, Tensor sequences, LoopSetting setting) : IBatchScorer
{
    public int Score(float[] scores)
    {
        var rows = (int)sequences.shape[0];
        setting.Run(rows, (from, to) => Score(from, to, scores));
        set_num_threads(Environment.ProcessorCount);
        return rows;
    }

    private void Score(int from, int to, float[] scores)
    {
        // libtorch's number of threads is a per-thread setting.
        set_num_threads(setting.Threads);
        using var mode = inference_mode();
        for (var start = from; start < to; start += setting.Batch)
        {
            using var scope = NewDisposeScope();
            var batch = sequences.narrow(0, start, Math.Min(setting.Batch, to - start));
            var probabilities = network.forward(batch).softmax(1);
            MemoryMarshal.Cast<byte, float>(probabilities.bytes).CopyTo(scores.AsSpan(start * NetworkShape.Classes));
        }
    }
}
