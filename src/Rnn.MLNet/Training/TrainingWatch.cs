using System.Globalization;

namespace Rnn.MLNet.Training;

/// <summary>Warns, once each, of losses that are no error but mean that little is being learnt.</summary>
internal sealed class TrainingWatch(Action<string> warn)
{
    /// <summary>In nats. To guess among a million classes costs 14.</summary>
    private const double Runaway = 1000;

    private bool _grew;
    private bool _notFinite;

    /// <summary>Looks at the losses of an epoch.</summary>
    public void Observe(int epoch, double loss, double? validationLoss)
    {
        if (!_grew && loss > Runaway)
        {
            _grew = true;
            warn(string.Create(CultureInfo.InvariantCulture,
                $"The loss grew to {loss:G3} in epoch {epoch}, far beyond that of a guess: the training does not converge. Try a smaller LearningRate, or features scaled to about -1 to 1."));
        }

        if (!_notFinite && validationLoss is { } value && !double.IsFinite(value))
        {
            _notFinite = true;
            warn(string.Create(CultureInfo.InvariantCulture,
                $"The validation loss of epoch {epoch} is {value}: no epoch with such a loss counts as the best. Look for features of the validation rows that are far larger than those of the training rows."));
        }
    }
}
