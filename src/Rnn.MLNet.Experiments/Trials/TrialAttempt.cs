using System.Diagnostics;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Runs a trial on a background thread. It can be cancelled and, if it does not stop, abandoned.</summary>
internal sealed class TrialAttempt(
    TrialPlan plan, ExperimentData data, RnnExperimentSettings settings, TrialContexts contexts, string modelPath, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private readonly List<MLContext> _contexts = [];
    private readonly CancellationTokenSource _stopCandidate = new();
    private readonly TaskCompletionSource<TrialOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _doing = "beginning";
    private volatile string? _lastMessage;
    private volatile string? _lastWarning;
    private bool _canceled;
    private bool _abandoned;

    /// <summary>A task that completes when the trial has ended; it never faults.</summary>
    public Task<TrialOutcome> Outcome => _outcome.Task;

    /// <summary>The current phase of the trial, for the message of a trial that is cut short.</summary>
    public string Doing => _doing;

    /// <summary>
    /// The end of the log of the trial's contexts, for the message of a trial that is cut short: what it was doing, such as downloading a file, and what
    /// went wrong before. Empty, or with a space in front.
    /// </summary>
    public string EndOfLog =>
        (_lastWarning is { } warning ? $" Its last warning was: {warning}" : "")
        + (_lastMessage is { } message ? $" Its last message was: {message}" : "");

    public void Start()
    {
        new Thread(Run) { Name = $"Rnn.MLNet trial {plan.TrialId}", IsBackground = true }.Start();
    }

    /// <summary>Cancels everything that runs on the trial's contexts: recurrent networks and ML.NET's own trainers.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _canceled = true;
            _contexts.ForEach(MLNetAccessors.Cancel);
        }

        // Callbacks that candidates have registered may throw or hang; on a pool thread neither affects the experiment.
        _ = Task.Run(() =>
        {
            try
            {
                _stopCandidate.Cancel();
            }
            catch (AggregateException)
            {
            }
        });
    }

    /// <summary>Abandons the trial. Returns false if its outcome has arrived in the meantime.</summary>
    public bool Abandon()
    {
        lock (_lock)
        {
            _abandoned = !_outcome.Task.IsCompleted;
        }

        return _abandoned;
    }

    private void Run()
    {
        var folds = new List<Fold>();
        TrialOutcome outcome;
        IEstimator<ITransformer>? estimator = null;
        try
        {
            // When the process ends, it cancels even an abandoned trial and waits briefly for it.
            using var work = NativeWork.Begin(parks: false);
            using var ending = NativeWork.Ending.Register(Cancel);
            // The number of shards is the same for any number of concurrent trials, so the weights do not depend on it.
            using var share = RnnThreads.Share(settings.ThreadsPerTrial, settings.TotalThreads);
            for (var fold = 0; fold < data.Folds.Count; fold++)
            {
                folds.Add(RunFold(fold, out estimator));
            }

            outcome = Succeed(folds, estimator!);
        }
        catch (Exception exception)
        {
            folds.ForEach(fold => TrialModel.Free(fold.Model));
            outcome = new TrialOutcome(plan.Row with { Estimator = estimator, Exception = EarlierFailure.Innermost(exception) });
        }

        lock (_lock)
        {
            if (!_abandoned)
            {
                outcome.Model?.KeepFile(modelPath);
                _outcome.SetResult(outcome);
                return;
            }
        }

        // The trial was abandoned, so nothing else disposes the model.
        outcome.Model?.Discard();
    }

    private Fold RunFold(int fold, out IEstimator<ITransformer> estimator)
    {
        var context = NewContext();
        var (rows, of) = (data.Folds[fold], data.Folds.Count == 1 ? "" : FormattableString.Invariant($" (fold {fold + 1} of {data.Folds.Count})"));
        _doing = "building" + of;
        estimator = plan.Build(context, new TrialContext
        {
            TrialId = plan.TrialId,
            Threads = settings.ThreadsPerTrial,
            Seed = settings.Seed,
            Fold = fold,
            CancellationToken = _stopCandidate.Token,
        }) ?? throw new InvalidOperationException($"The candidate '{plan.TrainerName}' returned no estimator.");
        _doing = "fitting" + of;
        var clock = Stopwatch.StartNew();
        var model = estimator.Fit(rows.Train) ?? throw new InvalidOperationException($"The candidate '{plan.TrainerName}' returned no model.");
        var training = clock.Elapsed;
        try
        {
            _doing = "scoring" + of;
            var (metrics, microseconds) = TrialEvaluation.Measure(model, rows, data, settings, cancellationToken);
            return new Fold(context, model, rows.Prefix, metrics, training.TotalSeconds, microseconds);
        }
        catch
        {
            TrialModel.Free(model);
            throw;
        }
    }

    private MLContext NewContext()
    {
        var context = contexts.Create(plan.TrainerName, Listen);
        lock (_lock)
        {
            _contexts.Add(context);
            if (_canceled)
            {
                throw new OperationCanceledException("The trial was cancelled.");
            }
        }

        return context;
    }

    private void Listen(ChannelMessageKind kind, string message)
    {
        if (kind == ChannelMessageKind.Info)
        {
            _lastMessage = message;
        }
        else
        {
            _lastWarning = message;
        }
    }

    /// <summary>Keeps the model of the best fold, together with the preprocessing of that fold, and disposes the others.</summary>
    private TrialOutcome Succeed(List<Fold> folds, IEstimator<ITransformer> estimator)
    {
        var best = folds.MinBy(fold => fold.Metrics.Loss(settings.OptimizingMetric))!;
        folds.Where(fold => fold.Model != best.Model).ToList().ForEach(fold => TrialModel.Free(fold.Model));
        var model = best.Prefix is null ? best.Model : new TransformerChain<ITransformer>(best.Prefix, best.Model);
        _doing = "saving";
        var metrics = ExperimentMetrics.Mean([.. folds.Select(fold => fold.Metrics)]);
        var run = plan.Row with
        {
            ValidationMetrics = metrics,
            Loss = metrics.Loss(settings.OptimizingMetric),
            TrainingTimeInSeconds = plan.EarlierTraining + folds.Sum(fold => fold.TrainingTime),
            MicrosecondsPerRow = folds.Average(fold => fold.MicrosecondsPerRow),
            LearningCurve = LearningCurvePoint.Of(best.Model),
            Estimator = estimator,
        };
        return new TrialOutcome(run, new TrialModel(model, best.Model, TrySave(best.Context, model)));
    }

    /// <summary>
    /// Saves the model to a temporary file and returns its path; null if it cannot be saved, as a model of a user-defined type may be. The file
    /// is renamed only when the trial has ended, because an abandoned trial must not replace the model of another one.
    /// </summary>
    private string? TrySave(MLContext context, ITransformer model)
    {
        var path = $"{modelPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            context.Model.Save(model, data.InputSchema, path);
            return path;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            TrialModel.Delete(path);
            return null;
        }
    }

    private sealed record Fold(MLContext Context, ITransformer Model, ITransformer? Prefix, ExperimentMetrics Metrics, double TrainingTime, double MicrosecondsPerRow);
}
