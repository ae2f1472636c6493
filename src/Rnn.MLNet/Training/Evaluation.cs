using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Loss and accuracy over labelled rows, without training.</summary>
internal static class Evaluation
{
    private const int BatchSize = 256;

    /// <summary>Measures the network; sums are over all rows, in a fixed order.</summary>
    public static (double Loss, double Accuracy) Measure(
        RecurrentNetwork network, WorkerGroup workers, SequenceSet set, int[] rows, Action throwIfCanceled)
    {
        var batches = (rows.Length + BatchSize - 1) / BatchSize;
        var losses = new double[batches];
        var correct = new long[batches];
        workers.Run(Math.Min(workers.Count, batches), worker =>
        {
            using var _ = no_grad();
            for (var i = worker; i < batches; i += workers.Count)
            {
                throwIfCanceled();
                using var scope = NewDisposeScope();
                var batch = set.Gather(rows.AsSpan(i * BatchSize, Math.Min(BatchSize, rows.Length - i * BatchSize)), network.Device);
                var logits = network.Forward(batch.Sequences, ForwardPass.Scoring);
                losses[i] = (nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.None) * batch.Weights).sum().item<float>();
                correct[i] = logits.argmax(1).eq(batch.Labels).sum().item<long>();
            }
        });
        return (losses.Sum() / Math.Max(set.TotalWeight(rows), double.Epsilon), (double)correct.Sum() / rows.Length);
    }
}
