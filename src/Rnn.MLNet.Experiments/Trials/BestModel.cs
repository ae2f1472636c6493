using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>The best trial so far and its model, in memory or on disk; every other model is freed and deleted at once.</summary>
internal sealed class BestModel
{
    private TrialModel? _model;
    private string? _path;

    public RnnRunDetail? Run { get; private set; }

    /// <summary>The saved model; null if there is none.</summary>
    public string? Path => _path;

    /// <summary>Takes a trial of an earlier run, whose model is on disk unless it could not be saved, or was beaten.</summary>
    public void OfferSaved(RnnRunDetail run, string path)
    {
        if (IsBetter(run))
        {
            (Run, _path, _model) = (run, run.ModelSizeInBytes is null ? null : path, null);
        }
    }

    /// <summary>Takes a trial that has just ended, and frees and deletes what is worse.</summary>
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

    /// <summary>Frees the model of an experiment that has no result; its file stays, since the journal tells of it.</summary>
    public void Free() => TrialModel.Free(_model?.Owned);

    /// <summary>The best trial with its model, which is loaded if it is of an earlier run; without one if that could not save it.</summary>
    /// <exception cref="InvalidDataException">The saved model is gone or damaged.</exception>
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
                $"The best model, '{_path}' of trial {Run.TrialId} ('{Run.TrainerName}'), cannot be loaded: {exception.Message} Put the file back, or delete the folder '{System.IO.Path.GetDirectoryName(_path)}' to run the experiment anew.", exception);
        }
    }

    /// <summary>Of equal losses the earlier trial's is better, whichever ended first.</summary>
    private bool IsBetter(RnnRunDetail run) =>
        run.Loss is { } loss && !double.IsNaN(loss) && (Run is null || loss < Run.Loss || (loss == Run.Loss && run.TrialId < Run.TrialId));
}
