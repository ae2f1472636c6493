using System.Diagnostics;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Journal;
using Rnn.MLNet.Experiments.Search;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments;

/// <summary>One call of <c>Execute</c>: starts trials while the budget lasts, keeps the best model, and writes the journal.</summary>
internal sealed class ExperimentRun
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(0.5);

    private readonly RnnExperimentSettings _settings;
    private readonly TrialScheduler _scheduler;
    private readonly TrialRunner _runner;
    private readonly TrialJournal _journal;
    private readonly int _folds;
    private readonly IProgress<ExperimentProgress>? _listener;
    private readonly Stopwatch _clock;
    private readonly BestModel _best = new();
    private readonly List<RnnRunDetail> _ended = [];
    /// <summary>The running trials, in the order in which they started.</summary>
    private readonly List<(TrialPlan Plan, Task<TrialOutcome> Task, TimeSpan Begun)> _running = [];
    private readonly List<string> _notRun = [];
    private int _begun;
    private int _fromJournal;

    public ExperimentRun(
        IReadOnlyList<Candidate> candidates, ExperimentData data, RnnExperimentSettings settings, TrialContexts contexts, string folder, TrialJournal journal,
        IProgress<ExperimentProgress>? listener, Stopwatch clock)
    {
        _settings = settings;
        _folds = data.Folds.Count;
        _scheduler = new TrialScheduler(candidates, settings, data, folder);
        _runner = new TrialRunner(data, settings, contexts, folder);
        _journal = journal;
        _listener = listener;
        _clock = clock;
    }

    /// <summary>The time that the experiment has taken, including earlier runs but not the time between runs, in seconds.</summary>
    private double Elapsed => _journal.ElapsedInSeconds + _clock.Elapsed.TotalSeconds;

    private double Remaining => _settings.MaxExperimentTimeInSeconds - Elapsed;

    public ExperimentResult Execute(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(Remaining, 0, TrialTime.LongestWait.TotalSeconds)));
        try
        {
            return Execute(stop, cancellationToken);
        }
        catch
        {
            // Whatever threw (the progress handler, the journal): stop the running trials and dispose their models.
            stop.Cancel();
            foreach (var (_, task, _) in _running)
            {
                Task.WaitAny(task);
                if (task.IsCompletedSuccessfully)
                {
                    task.Result.Model?.Discard();
                }
            }

            _best.Free();
            throw;
        }
    }

    private ExperimentResult Execute(CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        Begin(stop.Token);
        while (_running.Count > 0)
        {
            Task.WaitAny([.. _running.Select(running => running.Task)], ReportInterval);
            var ended = _running.Where(running => running.Task.IsCompleted).ToList();
            foreach (var (plan, task, _) in ended)
            {
                _running.RemoveAll(running => running.Plan == plan);
                End(plan, task.GetAwaiter().GetResult());
            }

            Begin(stop.Token);
            if (ended.Count == 0)
            {
                Report(null);
            }
        }

        return Result(cancellationToken.IsCancellationRequested, timeIsOver: stop.IsCancellationRequested);
    }

    private void Begin(CancellationToken stop)
    {
        while (_running.Count < _settings.MaxConcurrentTrials)
        {
            // Journaled trials are taken even when the budget is used up or smaller than before: the best saved model may be one of theirs.
            var isOver = stop.IsCancellationRequested || Remaining <= 0 || _begun >= _settings.MaxTrials;
            if (isOver && !(_journal.HasMore(_fromJournal) && _begun < _journal.LastTrial))
            {
                return;
            }

            if (_scheduler.Next(stop) is not { } plan)
            {
                return;
            }

            _begun++;
            if (plan.Failure is { } failure)
            {
                var failed = plan.Row with { Exception = EarlierFailure.Innermost(failure) };
                _ended.Add(failed);
                Report(failed);
                continue;
            }

            if (_journal.Find(plan.Key) is { } found)
            {
                _fromJournal++;
                found = found with { TrialId = plan.TrialId };
                _ended.Add(found);
                _best.OfferSaved(found, _runner.ModelPath(plan.Key));
                plan.Completed(found);
                Report(found);
                continue;
            }

            if (isOver)
            {
                _notRun.Add(plan.TrainerName);
                continue;
            }

            _running.Add((plan, _runner.Run(plan, TrialTime.Limit(_settings, plan.TurnsLeft, Remaining), stop), _clock.Elapsed));
            Report(null);
        }
    }

    private void End(TrialPlan plan, TrialOutcome outcome)
    {
        _ended.Add(outcome.Run);
        if (outcome.IsFinal)
        {
            try
            {
                _journal.Append(plan.Key, Elapsed, outcome.Run);
            }
            catch
            {
                TrialModel.Free(outcome.Model?.Owned);
                throw;
            }
        }

        // This deletes the previous best model, so the trial must already be in the journal.
        _best.Offer(outcome);
        plan.Completed(outcome.Run);
        Report(outcome.Run);
    }

    private void Report(RnnRunDetail? ended) => _listener?.Report(new ExperimentProgress
    {
        Ended = ended,
        Running = [.. _running.Select(running => new RunningTrial(
            running.Plan.TrialId, running.Plan.TrainerName, running.Plan.Settings, (_clock.Elapsed - running.Begun).TotalSeconds))],
        Completed = _ended.Count,
        Best = _best.Run,
        ElapsedInSeconds = Elapsed,
        RemainingInSeconds = Math.Max(Remaining, 0),
    });

    private ExperimentResult Result(bool canceled, bool timeIsOver)
    {
        var best = _best.WithModel(new MLContext(_settings.Seed));
        return new ExperimentResult
        {
            BestRun = best,
            RunDetails = [.. _ended.OrderBy(run => run.TrialId).Select(run => run.TrialId == best?.TrialId ? best : run)],
            Folds = _folds,
            NotRun = [.. _notRun.Concat(_scheduler.NotBegun).Except(_ended.Select(run => run.TrainerName))],
            EndedBy = canceled ? ExperimentEnd.Canceled
                : timeIsOver || Remaining <= 0 ? ExperimentEnd.MaxTime
                : _begun >= _settings.MaxTrials ? ExperimentEnd.MaxTrials
                : ExperimentEnd.NothingLeft,
            ElapsedInSeconds = Elapsed,
            OvershootInSeconds = Math.Max(0, Math.Min(-Remaining, _clock.Elapsed.TotalSeconds)),
            FromJournal = _fromJournal,
            BestModelPath = _settings.WorkingDirectory is null ? null : _best.Path,
            Settings = _settings,
            EndedAt = DateTimeOffset.Now,
            Environment = ExperimentEnvironment.Describe(),
        };
    }
}
