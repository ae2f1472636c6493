namespace Rnn.MLNet.Training;

/// <summary>Running totals over the minibatches of an epoch.</summary>
/// <param name="Batches">The number of minibatches trained.</param>
/// <param name="Rows">The number of rows trained.</param>
/// <param name="MetricSum">The sum of the task's metric over the rows, each measured before the optimiser step of its minibatch.</param>
/// <param name="LossSum">The weighted sum of the rows' losses, measured at the same time.</param>
/// <param name="Weight">The sum of the rows' weights.</param>
/// <param name="BatchLoss">The mean loss of the last minibatch.</param>
/// <param name="BatchMetric">The mean metric of the last minibatch.</param>
/// <param name="Seconds">The training time of the minibatches, in seconds.</param>
internal readonly record struct EpochSums(
    long Batches, long Rows, double MetricSum, double LossSum, double Weight, double BatchLoss, double BatchMetric, double Seconds)
{
    /// <summary>The weighted mean loss.</summary>
    public double Loss => Mean(LossSum, Weight);

    /// <summary>The mean metric; for classification, the accuracy.</summary>
    public double Metric => MetricSum / Rows;

    public EpochSums Add(BatchGradient batch, int rows, double seconds) => new(
        Batches + 1,
        Rows + rows,
        MetricSum + batch.MetricSum,
        LossSum + batch.LossSum,
        Weight + batch.Weight,
        Mean(batch.LossSum, batch.Weight),
        batch.MetricSum / rows,
        seconds);

    private static double Mean(double sum, double weight) => weight > 0 ? sum / weight : 0;
}
