namespace Rnn.MLNet.Training;

/// <summary>What the minibatches of an epoch have come to so far.</summary>
/// <param name="Batches">Minibatches trained.</param>
/// <param name="Rows">Rows trained.</param>
/// <param name="Correct">Rows that were classified right before their own step.</param>
/// <param name="LossSum">Weighted sum of the rows' losses.</param>
/// <param name="Weight">Sum of the rows' weights.</param>
/// <param name="BatchLoss">Loss of the last minibatch.</param>
/// <param name="BatchAccuracy">Accuracy of the last minibatch.</param>
/// <param name="Seconds">Time that they took.</param>
internal readonly record struct EpochSums(
    long Batches, long Rows, long Correct, double LossSum, double Weight, double BatchLoss, double BatchAccuracy, double Seconds)
{
    public double Loss => Mean(LossSum, Weight);

    public double Accuracy => (double)Correct / Rows;

    public EpochSums Add(BatchGradient batch, int rows, double seconds) => new(
        Batches + 1,
        Rows + rows,
        Correct + batch.Correct,
        LossSum + batch.LossSum,
        Weight + batch.Weight,
        Mean(batch.LossSum, batch.Weight),
        (double)batch.Correct / rows,
        seconds);

    private static double Mean(double sum, double weight) => weight > 0 ? sum / weight : 0;
}
