using Microsoft.ML;

namespace Rnn.MLNet.Comparison;

/// <summary>The best trial so far and its model; every other model is freed and deleted at once.</summary>
internal sealed class BestModel
{
    private TrialOutcome? _outcome;
    private string? _path;

    public RnnRunDetail? Run { get; private set; }

    /// <summary>The saved model; null if there is none.</summary>
    public string? Path => _path;

    /// <summary>Takes a trial of an earlier run, whose model is on disk.</summary>
    public void OfferSaved(RnnRunDetail run, string path)
    {
        if (IsBetter(run) && File.Exists(path))
        {
            (Run, _path, _outcome) = (run, path, null);
        }
    }

    /// <summary>Takes a trial that has just ended. What it drives out is returned, to be freed once the trial is in the journal.</summary>
    public Action Offer(RnnRunDetail run, TrialOutcome outcome)
    {
        if (outcome.Metrics is null || !IsBetter(run))
        {
            return outcome.Discard;
        }

        var (before, pathBefore) = (_outcome, _path);
        (Run, _outcome, _path) = (run, outcome, outcome.ModelPath);
        return () =>
        {
            before?.Discard();
            if (pathBefore is not null)
            {
                File.Delete(pathBefore);
            }
        };
    }

    /// <summary>The best trial with its model, which is loaded if it is of an earlier run.</summary>
    public RnnRunDetail? WithModel(MLContext context) => Run is null
        ? null
        : Run with { Model = _outcome?.Model ?? context.Model.Load(_path!, out _) };

    /// <summary>Of equal losses the earlier trial's is better, whichever ended first.</summary>
    private bool IsBetter(RnnRunDetail run) =>
        run.Loss is { } loss && !double.IsNaN(loss) && (Run is null || loss < Run.Loss || (loss == Run.Loss && run.TrialId < Run.TrialId));
}
