using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Loss and accuracy over labelled rows, without training.</summary>
internal static class Evaluation
{
    private const int RowsPerWorker = 256;

    /// <summary>Measures the network; sums are over all rows, in a fixed order.</summary>
    public static (double Loss, double Accuracy) Measure(
        RecurrentNetwork network, WorkerGroup workers, IRowSource rows, Action throwIfCanceled, CancellationToken cancellationToken)
    {
        double loss = 0, weight = 0;
        long correct = 0;
        foreach (var (set, batch) in rows.InOrder(RowsPerWorker * workers.Count, cancellationToken))
        {
            throwIfCanceled();
            var parts = new (double Loss, double Weight, long Correct)[(batch.Length + RowsPerWorker - 1) / RowsPerWorker];
            workers.Run(parts.Length, worker => parts[worker] = Measure(
                network, set, rows.MeanWeight, batch.Span.Slice(worker * RowsPerWorker, Math.Min(RowsPerWorker, batch.Length - worker * RowsPerWorker))));
            // One after the other: where the sums are rounded must not depend on the number of workers.
            foreach (var part in parts)
            {
                loss += part.Loss;
                weight += part.Weight;
                correct += part.Correct;
            }
        }

        return (loss / weight, (double)correct / rows.Count);
    }

    private static (double Loss, double Weight, long Correct) Measure(RecurrentNetwork network, SequenceSet set, double unit, ReadOnlySpan<int> rows)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var batch = set.Gather(rows, unit, network.Device);
        var logits = network.Forward(batch.Sequences, ForwardPass.Scoring);
        var losses = nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.None) * batch.Weights;
        return (losses.sum().item<float>(), set.TotalWeight(rows) / unit, logits.argmax(1).eq(batch.Labels).sum().item<long>());
    }
}
