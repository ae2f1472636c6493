using System.Globalization;

namespace Rnn.MLNet.Training;

/// <summary>Warns of losses that are not errors but indicate that training makes no progress; once for each kind.</summary>
/// <param name="divergedLoss">A mean loss of an epoch above which training has evidently diverged.</param>
/// <param name="warn">Receives the warnings.</param>
internal sealed class TrainingWatch(double divergedLoss, Action<string> warn)
{
    private bool _grew;
    private bool _notFinite;

    /// <summary>Checks the losses of an epoch.</summary>
    public void Observe(int epoch, double loss, double? validationLoss)
    {
        if (!_grew && loss > divergedLoss)
        {
            _grew = true;
            warn(string.Create(CultureInfo.InvariantCulture,
                $"The loss grew to {loss:G3} in epoch {epoch}, far above that of guessing: the training does not converge. Try a smaller LearningRate, or features scaled to about -1 to 1."));
        }

        if (!_notFinite && validationLoss is { } value && !double.IsFinite(value))
        {
            _notFinite = true;
            warn(string.Create(CultureInfo.InvariantCulture,
                $"The validation loss of epoch {epoch} is {value}: an epoch with such a loss is never the best. Check whether the validation rows have features that are far larger than those of the training rows."));
        }
    }
}
