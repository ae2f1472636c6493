using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Keeps the best trial so far and its model, in memory or on disk; every other model is disposed and its file deleted at once.</summary>
internal sealed class BestModel
{
    private TrialModel? _model;
    private string? _path;

    public RnnRunDetail? Run { get; private set; }

    /// <summary>The path of the saved model; null if there is none.</summary>
    public string? Path => _path;

    /// <summary>Offers a trial of an earlier run. Its model is on disk, unless it could not be saved or a better trial replaced it.</summary>
    public void OfferSaved(RnnRunDetail run, string path)
    {
        if (IsBetter(run))
        {
            (Run, _path, _model) = (run, run.ModelSizeInBytes is null ? null : path, null);
        }
    }

    /// <summary>Offers a trial that has just ended; disposes the worse of the two models and deletes its file.</summary>
    public void Offer(TrialOutcome outcome)
    {
        if (outcome.Model is not { } model || !IsBetter(outcome.Run))
        {
            outcome.Model?.Discard(used: _model?.Owned);
            return;
        }

        var (before, pathBefore) = (_model, _path);
        (Run, _model, _path) = (outcome.Run, model, model.Path);
        before?.Discard(used: model.Owned);
        if (pathBefore is not null)
        {
            TrialModel.Delete(pathBefore);
        }
    }

    /// <summary>Disposes the model when an experiment ends with an exception. The file stays because the journal refers to it.</summary>
    public void Free() => TrialModel.Free(_model?.Owned);

    /// <summary>
    /// Returns the best trial with its model, which is loaded from disk for a trial of an earlier run; without a model if it could not be saved.
    /// </summary>
    /// <exception cref="InvalidDataException">The saved model is missing or damaged.</exception>
    public RnnRunDetail? WithModel(MLContext context)
    {
        if (Run is null || _model is not null || _path is null)
        {
            return Run is null ? null : Run with { Model = _model?.Whole };
        }

        try
        {
            return Run with { Model = context.Model.Load(_path, out _) };
        }
        catch (Exception exception)
        {
            throw new InvalidDataException(
                $"The best model, '{_path}' of trial {Run.TrialId} ('{Run.TrainerName}'), cannot be loaded: {exception.Message} Put the file back, or delete the folder '{System.IO.Path.GetDirectoryName(_path)}' to run the experiment from the start.", exception);
        }
    }

    /// <summary>Returns whether a trial beats the best one. Of equal losses the trial that started first wins, whichever ended first.</summary>
    private bool IsBetter(RnnRunDetail run) =>
        run.Loss is { } loss && !double.IsNaN(loss) && (Run is null || loss < Run.Loss || (loss == Run.Loss && run.TrialId < Run.TrialId));
}
