namespace Rnn.MLNet.Training;

/// <summary>What the minibatches of an epoch have come to so far.</summary>
/// <param name="Batches">Minibatches trained.</param>
/// <param name="Rows">Rows trained.</param>
/// <param name="MetricSum">Sum of the task's metric over the rows, each before its own step.</param>
/// <param name="LossSum">Weighted sum of the rows' losses.</param>
/// <param name="Weight">Sum of the rows' weights.</param>
/// <param name="BatchLoss">Loss of the last minibatch.</param>
/// <param name="BatchMetric">Mean metric of the last minibatch.</param>
/// <param name="Seconds">Time that they took.</param>
internal readonly record struct EpochSums(
    long Batches, long Rows, double MetricSum, double LossSum, double Weight, double BatchLoss, double BatchMetric, double Seconds)
{
    public double Loss => Mean(LossSum, Weight);

    /// <summary>The mean metric: for a classification, the accuracy.</summary>
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
