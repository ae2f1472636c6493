namespace Rnn.MLNet.Reading;

/// <summary>What training learns from its rows before the first epoch: the moments of the features and the weights of the targets.</summary>
/// <param name="weights">The weights of the targets.</param>
/// <param name="moments">The moments of the features; null if they are not needed.</param>
internal sealed class TrainingStatistics(TargetWeights weights, FeatureMoments? moments)
{
    /// <summary>Adds the features of a training row. A row of weight 0 does not count, nor does one whose target has a factor of 0.</summary>
    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<int> target, float weight)
    {
        if (weight > 0 && weights.Of(target) > 0)
        {
            moments?.Add(row);
        }
    }

    /// <summary>Ends the pass: learns the weights of the targets.</summary>
    public void Complete(TargetWeights.Totals training) => weights.Learn(training);
}
