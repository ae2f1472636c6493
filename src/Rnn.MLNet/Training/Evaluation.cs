using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Measures a network's loss and metric on rows that it is not trained on.</summary>
internal static class Evaluation
{
    private const int RowsPerWorker = 256;

    /// <summary>Returns the weighted mean loss and the mean metric over all rows. They do not depend on the number of workers.</summary>
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
            // Summed in order, so that rounding does not depend on the number of workers.
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
