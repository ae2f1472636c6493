namespace Rnn.MLNet.Training;

/// <summary>The planned length of a training.</summary>
/// <param name="BatchesInEpoch">The number of minibatches in an epoch.</param>
/// <param name="Epochs">The largest number of epochs.</param>
/// <param name="MaxSteps">The largest number of minibatches; null for no limit.</param>
internal sealed record TrainingPlan(long BatchesInEpoch, int Epochs, long? MaxSteps)
{
    /// <summary>The number of minibatches in all epochs, at most <see cref="MaxSteps"/>.</summary>
    public long Steps => Math.Min(Epochs * BatchesInEpoch, MaxSteps ?? long.MaxValue);

    /// <summary>Describes how a checkpoint with so many epochs and minibatches exceeds the plan; empty if it does not.</summary>
    public IEnumerable<string> Excess(int epochs, long steps)
    {
        if (steps > Epochs * BatchesInEpoch)
        {
            yield return $"Epochs: at most {Epochs} ({Epochs * BatchesInEpoch} minibatches) expected, {epochs} ({steps} minibatches) found";
        }
        else if (steps > Steps)
        {
            yield return $"MaxSteps: at most {MaxSteps} expected, {steps} found";
        }
    }
}
