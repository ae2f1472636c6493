using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Loss and metric over rows with targets, without training.</summary>
internal static class Evaluation
{
    private const int RowsPerWorker = 256;

    /// <summary>Measures the network; sums are over all rows, in a fixed order.</summary>
    public static (double Loss, double Metric) Measure(
        RecurrentNetwork network, ITask task, WorkerGroup workers, IRowSource rows, Action throwIfCanceled, CancellationToken cancellationToken)
    {
        double loss = 0, weight = 0, metric = 0;
        foreach (var (set, batch) in rows.InOrder(RowsPerWorker * workers.Count, cancellationToken))
        {
            throwIfCanceled();
            var parts = new (double Loss, double Weight, double Metric)[(batch.Length + RowsPerWorker - 1) / RowsPerWorker];
            workers.Run(parts.Length, worker => parts[worker] = Measure(
                network, task, set, rows.MeanWeight, batch.Span.Slice(worker * RowsPerWorker, Math.Min(RowsPerWorker, batch.Length - worker * RowsPerWorker))));
            // One after the other: where the sums are rounded must not depend on the number of workers.
            foreach (var part in parts)
            {
                loss += part.Loss;
                weight += part.Weight;
                metric += part.Metric;
            }
        }

        return (loss / weight, metric / rows.Count);
    }

    private static (double Loss, double Weight, double Metric) Measure(
        RecurrentNetwork network, ITask task, SequenceSet set, double unit, ReadOnlySpan<int> rows)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var batch = set.Gather(rows, unit, network.Device);
        var outputs = network.Forward(batch.Inputs, ForwardPass.Scoring, batch.Lengths);
        var losses = task.Losses(outputs, batch.Targets) * batch.Weights;
        return (losses.sum().item<float>(), set.TotalWeight(rows) / unit, task.Metric(outputs, batch.Targets));
    }
}
