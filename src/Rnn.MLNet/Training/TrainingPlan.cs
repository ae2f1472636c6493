namespace Rnn.MLNet.Training;

/// <summary>How long a training is to be.</summary>
/// <param name="BatchesInEpoch">Minibatches of an epoch.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="MaxSteps">Minibatches at most; null for no bound.</param>
internal sealed record TrainingPlan(long BatchesInEpoch, int Epochs, long? MaxSteps)
{
    /// <summary>Minibatches in all.</summary>
    public long Steps => Math.Min(Epochs * BatchesInEpoch, MaxSteps ?? long.MaxValue);

    /// <summary>In what a training that was trained so far goes beyond the plan.</summary>
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
