using System.Diagnostics;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>A trial on a thread of its own, which can be told to stop and, if it does not, be abandoned.</summary>
internal sealed class TrialAttempt(TrialPlan plan, ExperimentData data, RnnExperimentSettings settings, string modelPath, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private readonly List<MLContext> _contexts = [];
    private readonly CancellationTokenSource _stopCandidate = new();
    private readonly TaskCompletionSource<TrialOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _doing = "beginning";
    private bool _canceled;
    private bool _abandoned;

    /// <summary>Ends when the trial has ended; never fails.</summary>
    public Task<TrialOutcome> Outcome => _outcome.Task;

    /// <summary>What the trial is at, for a trial that does not get further.</summary>
    public string Doing => _doing;

    public void Start()
    {
        new Thread(Run) { Name = $"Rnn.MLNet trial {plan.TrialId}", IsBackground = true }.Start();
    }

    /// <summary>Tells whatever runs on the trial's contexts to stop: recurrent networks, and ML.NET's own trainers.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _canceled = true;
            _contexts.ForEach(MLNetAccessors.Cancel);
        }

        // What candidates have registered may throw or hang: it is run where neither harms the experiment.
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

    /// <summary>Gives up waiting. False if the outcome has arrived meanwhile.</summary>
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
            // The end of the process stops it, and waits a moment for that, even if nobody else does any more.
            using var work = NativeWork.Begin(parks: false);
            using var ending = NativeWork.Ending.Register(Cancel);
            // The same shards with any number of trials side by side: the weights do not depend on it.
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

        // Nobody waits for it any more.
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
        }) ?? throw new InvalidOperationException($"The candidate '{plan.TrainerName}' gave no estimator.");
        _doing = "fitting" + of;
        var clock = Stopwatch.StartNew();
        var model = estimator.Fit(rows.Train) ?? throw new InvalidOperationException($"The candidate '{plan.TrainerName}' gave no model.");
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
        var context = new MLContext(settings.Seed);
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

    /// <summary>Keeps the best fold's model, together with the preprocessing of that fold, and frees the others.</summary>
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
    /// A model of the user's own may not be able to be saved; it can be the best one all the same. The file gets its name only when
    /// the trial has ended, so that an abandoned trial never replaces the model of another one.
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
