using System.Globalization;

namespace Rnn.MLNet.Training;

/// <summary>Warns, once each, of losses that are no error but mean that little is being learnt.</summary>
/// <param name="divergedLoss">A mean loss of an epoch that shows that training has diverged.</param>
/// <param name="warn">Receives the warnings.</param>
internal sealed class TrainingWatch(double divergedLoss, Action<string> warn)
{
    private bool _grew;
    private bool _notFinite;

    /// <summary>Looks at the losses of an epoch.</summary>
    public void Observe(int epoch, double loss, double? validationLoss)
    {
        if (!_grew && loss > divergedLoss)
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
