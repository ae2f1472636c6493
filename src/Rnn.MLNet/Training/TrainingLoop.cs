using System.Diagnostics;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Trains a network in epochs of minibatches. Each epoch ends with validation, early stopping, an entry in the history and a checkpoint.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    /// <summary>The number of steps for which the loss must have been near zero.</summary>
    private const int LearnedSteps = 100;

    private readonly RecurrentNetwork _network;
    private readonly ITask _task;
    private readonly TrainingSettings _settings;
    private readonly IRowSource _rows;
    private readonly IRowSource? _validation;
    private readonly WorkerGroup _workers;
    private readonly DataParallelGradient _gradient;
    private readonly IOptimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly EarlyStopping? _earlyStopping;
    private readonly TrainingWatch _watch;
    private readonly TrainingPlan _plan;
    private readonly TrainingState _state;

    public TrainingLoop(
        RecurrentNetwork network, ITask task, TrainingSettings settings, IRowSource rows, IRowSource? validation, WorkerGroup workers)
    {
        _network = network;
        _task = task;
        _settings = settings;
        _rows = rows;
        _validation = validation;
        _workers = workers;
        _gradient = new DataParallelGradient(
            network, task, workers, settings.RecurrentType, settings.Seed, settings.Shards, settings.BatchRows(rows.Count), rows.MeanWeight);
        _optimizer = OptimizerFactory.Create(network.Parameters, settings.Optimizer, settings.WeightDecay, workers);
        _plan = settings.Plan(rows.Count);
        _schedule = new Schedule(settings.Schedule, settings.LearningRate, settings.ScheduleSteps(rows.Count));
        _watch = new TrainingWatch(task.DivergedLoss, settings.Warn);
        var warmUpEpochs = (_schedule.WarmUpSteps + _plan.BatchesInEpoch - 1) / _plan.BatchesInEpoch;
        _earlyStopping = settings.EarlyStoppingPatience is { } patience ? new EarlyStopping(patience, warmUpEpochs, settings.StopsByMetric) : null;
        if (_earlyStopping is not null && warmUpEpochs > 0)
        {
            settings.Inform($"The learning rate rises until epoch {warmUpEpochs}; EarlyStoppingPatience counts from there.");
        }

        _state = new TrainingState(network.Parameters, _optimizer, _earlyStopping);
    }

    private bool IsComplete =>
        _state.Current.Batches == 0 &&
        (_state.Step >= _plan.Steps || _state.Epochs.Count >= _plan.Epochs || StopsEarly);

    private bool StopsEarly => _earlyStopping is { ShouldStop: true } || IsLearned;

    /// <summary>Whether the training rows have been learned, so that more steps change nothing: the loss has been near zero for a while.</summary>
    private bool IsLearned
    {
        get
        {
            var epochs = (int)Math.Min((LearnedSteps + _plan.BatchesInEpoch - 1) / _plan.BatchesInEpoch, int.MaxValue);
            return _settings.StopsWhenLearned && _state.Epochs.Count >= epochs && _state.Epochs.TakeLast(epochs).All(epoch => epoch.Loss <= _task.LearnedLoss);
        }
    }

    /// <summary>Trains the network. At the end it has the final weights, with early stopping those of the best epoch.</summary>
    /// <param name="checkpoint">The checkpoint to resume from, if it exists, and to update; null for none.</param>
    /// <exception cref="InvalidOperationException">Training diverged, or it cannot be resumed from the checkpoint.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled and no model is to be kept.</exception>
    public TrainingHistory Run(Checkpoint? checkpoint)
    {
        checkpoint?.Resume(_state, _plan);
        var canceled = false;
        try
        {
            while (!IsComplete)
            {
                RunEpoch(checkpoint);
            }
        }
        catch (OperationCanceledException) when (_state.Step > 0 && _settings.KeepsWhatWasLearnt())
        {
            canceled = true;
            checkpoint?.Write(_state);
            if (_state.Current.Batches > 0)
            {
                _state.Epochs.Add(Epoch(null, null));
            }
        }

        _earlyStopping?.Restore(_network.Parameters);
        return new TrainingHistory
        {
            Epochs = [.. _state.Epochs],
            Steps = _state.Step,
            Precision = _settings.RecurrentType == ScalarType.BFloat16 ? RnnPrecision.BFloat16 : RnnPrecision.Float32,
            BestEpoch = _earlyStopping is { BestEpoch: > 0 } ? _earlyStopping.BestEpoch : _state.Epochs.Count,
            BatchSize = _settings.BatchSize,
            PlannedEpochs = _plan.Epochs,
            ValidationRows = _validation?.Count ?? 0,
            ScaledFeatures = _network.Spec.Scaling?.Count ?? 0,
            StoppedEarly = !canceled && StopsEarly && _state.Epochs.Count < _plan.Epochs && _state.Step < _plan.Steps,
            Canceled = canceled,
        };
    }

    public void Dispose()
    {
        _gradient.Dispose();
        _optimizer.Dispose();
        _earlyStopping?.Dispose();
    }

    /// <summary>Trains an epoch or, after resuming within an epoch, the rest of it.</summary>
    private void RunEpoch(Checkpoint? checkpoint)
    {
        TrainMinibatches(checkpoint);
        var complete = _state.Current.Batches == _plan.BatchesInEpoch;
        if (!complete)
        {
            // MaxSteps ended the epoch early. A training that resumes with more steps completes it, so the checkpoint must not count it as ended.
            checkpoint?.Write(_state);
        }

        var (loss, accuracy) = Validate();
        var epoch = Epoch(loss, accuracy);
        var progress = Progress() with { EpochEnded = true, ValidationLoss = loss, ValidationAccuracy = accuracy };
        _watch.Observe(epoch.Epoch, epoch.Loss, loss);
        if (loss is { } validationLoss)
        {
            _earlyStopping?.Observe(epoch.Epoch, validationLoss, _network.Parameters, epoch.ValidationAccuracy!.Value);
        }

        _state.Epochs.Add(epoch);
        _state.Current = default;
        if (complete)
        {
            checkpoint?.Write(_state);
        }

        _settings.Report(progress);
    }

    private void TrainMinibatches(Checkpoint? checkpoint)
    {
        if (_state.Current.Batches == _plan.BatchesInEpoch || _state.Step >= _plan.Steps)
        {
            return;
        }

        var epoch = _state.Epochs.Count;
        var done = _state.Current;
        var clock = Stopwatch.StartNew();
        long passed = 0;
        foreach (var batch in _rows.Shuffled(
            _settings.BatchSize, SeedSequence.Derive(_settings.Seed, SeedSequence.Purpose.RowOrder, epoch), _settings.CancellationToken))
        {
            _settings.ThrowIfCanceled();
            if (passed++ < done.Batches)
            {
                // This minibatch was trained before the training was interrupted.
                clock.Restart();
                continue;
            }

            var result = Step(batch, _schedule.At(_state.Step), epoch);
            _state.Step++;
            _state.Current = _state.Current.Add(result, batch.Count, done.Seconds + clock.Elapsed.TotalSeconds);
            if (_state.Step % (_settings.CheckpointInterval ?? long.MaxValue) == 0)
            {
                checkpoint?.Write(_state);
            }

            _settings.Report(Progress());
            if (_state.Step >= _plan.Steps)
            {
                break;
            }
        }
    }

    private TrainingEpoch Epoch(double? validationLoss, double? validationAccuracy)
    {
        var progress = Progress();
        return new TrainingEpoch(
            progress.Epoch, progress.Loss, progress.Accuracy, validationLoss, validationAccuracy, progress.LearningRate, progress.SamplesPerSecond);
    }

    private TrainingProgress Progress()
    {
        var sums = _state.Current;
        return new TrainingProgress
        {
            Epoch = _state.Epochs.Count + 1,
            Epochs = _plan.Epochs,
            Step = _state.Step,
            TotalSteps = _plan.Steps,
            RowsSeen = _state.Epochs.Count * _rows.Count + sums.Rows,
            Loss = sums.Loss,
            Accuracy = sums.Metric,
            BatchLoss = sums.BatchLoss,
            BatchAccuracy = sums.BatchMetric,
            LearningRate = _schedule.At(_state.Step - 1),
            SamplesPerSecond = sums.Rows / sums.Seconds,
        };
    }

    private BatchGradient Step(Minibatch batch, double learningRate, int epoch)
    {
        using var scope = NewDisposeScope();
        var result = _gradient.Compute(batch, _state.Step);
        using var gradient = result.Gradient;
        using var mode = no_grad();
        var norm = gradient.norm().item<float>();
        if (!double.IsFinite(result.LossSum) || !float.IsFinite(norm))
        {
            throw Diverged($"the {(double.IsFinite(result.LossSum) ? "gradient" : "loss")} is not finite", epoch);
        }

        if (_settings.GradientClipNorm is { } limit && norm > limit)
        {
            using var factor = (limit / norm).ToScalar();
            gradient.mul_(factor);
        }

        _optimizer.Step(gradient, learningRate);
        if (!_network.Parameters.AreFinite())
        {
            throw Diverged("the new weights are not finite", epoch);
        }

        return result;
    }

    private (double? Loss, double? Metric) Validate()
    {
        if (_validation is null)
        {
            return (null, null);
        }

        var (loss, metric) = Evaluation.Measure(_network, _task, _workers, _validation, _settings.ThrowIfCanceled, _settings.CancellationToken);
        return (loss, metric);
    }

    private InvalidOperationException Diverged(string reason, int epoch)
    {
        var clip = _settings.GradientClipNorm is { } norm ? FormattableString.Invariant($"{norm}") : "null";
        return new InvalidOperationException(FormattableString.Invariant(
            $"The training diverged at step {_state.Step + 1} (epoch {epoch + 1}): {reason}. Try a smaller LearningRate (it is {_settings.LearningRate}), GradientClipNorm = 1 (it is {clip}), or features scaled to about -1 to 1."));
    }
}
