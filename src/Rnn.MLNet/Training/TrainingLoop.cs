using System.Diagnostics;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Sequences;
using Rnn.MLNet.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Trains a network: epochs of minibatches, and after each epoch validation, early stopping, history and checkpoint.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly RecurrentNetwork _network;
    private readonly TrainingSettings _settings;
    private readonly IRowSource _rows;
    private readonly IRowSource? _validation;
    private readonly WorkerGroup _workers;
    private readonly DataParallelGradient _gradient;
    private readonly IOptimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly EarlyStopping? _earlyStopping;
    private readonly long _batchesPerEpoch;
    private readonly long _totalSteps;
    private readonly List<TrainingEpoch> _epochs = [];
    private long _step;
    private long _rowsSeen;

    public TrainingLoop(
        RecurrentNetwork network, TrainingSettings settings, IRowSource rows, IRowSource? validation, WorkerGroup workers)
    {
        _network = network;
        _settings = settings;
        _rows = rows;
        _validation = validation;
        _workers = workers;
        _gradient = new DataParallelGradient(network, workers, settings.RecurrentType, settings.Seed, settings.Shards);
        _optimizer = OptimizerFactory.Create(network.Parameters, settings.Optimizer, settings.WeightDecay);
        _earlyStopping = settings.EarlyStoppingPatience is { } patience ? new EarlyStopping(patience) : null;
        _batchesPerEpoch = (rows.Count + settings.BatchSize - 1) / settings.BatchSize;
        _totalSteps = Math.Min(settings.Epochs * _batchesPerEpoch, settings.MaxSteps ?? long.MaxValue);
        _schedule = new Schedule(
            settings.Schedule, settings.LearningRate, Math.Min(settings.ScheduleEpochs * _batchesPerEpoch, settings.MaxSteps ?? long.MaxValue));
    }

    private bool IsComplete => _step >= _totalSteps || _epochs.Count >= _settings.Epochs || _earlyStopping is { BestEpoch: > 0, ShouldStop: true };

    /// <summary>Trains to the end and leaves the network with the weights to keep.</summary>
    public TrainingHistory Run()
    {
        var checkpoint = _settings.CheckpointPath is { } path
            ? new Checkpoint(path, Checkpoint.Fingerprint(_network.Spec, _settings, _rows))
            : null;
        if (checkpoint?.TryResume(_network.Parameters, _optimizer, _earlyStopping, _epochs) is { } resumed)
        {
            (_step, _rowsSeen) = resumed;
        }

        while (!IsComplete)
        {
            var last = TrainEpoch(_epochs.Count);
            var (loss, accuracy) = Validate();
            _epochs.Add(new TrainingEpoch(last.Epoch, last.Loss, last.Accuracy, loss, accuracy, last.LearningRate, last.SamplesPerSecond));
            if (loss is { } validationLoss)
            {
                _earlyStopping?.Observe(last.Epoch, validationLoss, _network.Parameters);
            }

            // An epoch that MaxSteps cut short is not written: going on from its start trains the same minibatches again.
            if (_step == _epochs.Count * _batchesPerEpoch)
            {
                checkpoint?.Write(_network.Parameters, _optimizer, _earlyStopping, _epochs, _step, _rowsSeen);
            }

            _settings.Report(last with { EpochEnded = true, ValidationLoss = loss, ValidationAccuracy = accuracy });
        }

        _earlyStopping?.Restore(_network.Parameters);
        return new TrainingHistory
        {
            Epochs = [.. _epochs],
            Steps = _step,
            BestEpoch = _earlyStopping is { BestEpoch: > 0 } ? _earlyStopping.BestEpoch : _epochs.Count,
            StoppedEarly = _earlyStopping is { ShouldStop: true } && _epochs.Count < _settings.Epochs && _step < _totalSteps,
        };
    }

    public void Dispose()
    {
        _gradient.Dispose();
        _optimizer.Dispose();
        _earlyStopping?.Dispose();
    }

    private TrainingProgress TrainEpoch(int epoch)
    {
        var clock = Stopwatch.StartNew();
        double lossSum = 0, weight = 0;
        long seen = 0, correct = 0;
        TrainingProgress? progress = null;
        foreach (var batch in _rows.Shuffled(
            _settings.BatchSize, SeedSequence.Derive(_settings.Seed, SeedSequence.Purpose.RowOrder, epoch), _settings.CancellationToken))
        {
            _settings.ThrowIfCanceled();
            var learningRate = _schedule.At(_step);
            var result = Step(batch, learningRate, epoch);
            _step++;
            lossSum += result.LossSum;
            weight += result.Weight;
            seen += batch.Count;
            correct += result.Correct;
            _rowsSeen += batch.Count;
            progress = new TrainingProgress
            {
                Epoch = epoch + 1,
                Epochs = _settings.Epochs,
                Step = _step,
                TotalSteps = _totalSteps,
                RowsSeen = _rowsSeen,
                Loss = Mean(lossSum, weight),
                Accuracy = (double)correct / seen,
                BatchLoss = Mean(result.LossSum, result.Weight),
                BatchAccuracy = (double)result.Correct / batch.Count,
                LearningRate = learningRate,
                SamplesPerSecond = seen / clock.Elapsed.TotalSeconds,
            };
            _settings.Report(progress);
            if (_step >= _totalSteps)
            {
                break;
            }
        }

        return progress!;
    }

    private BatchGradient Step(Minibatch batch, double learningRate, int epoch)
    {
        using var scope = NewDisposeScope();
        var result = _gradient.Compute(batch, _step);
        using var gradient = result.Gradient;
        using var mode = no_grad();
        var norm = gradient.norm().item<float>();
        if (!double.IsFinite(result.LossSum) || !float.IsFinite(norm))
        {
            throw Diverged(result, epoch);
        }

        if (_settings.GradientClipNorm is { } limit && norm > limit)
        {
            using var factor = (limit / norm).ToScalar();
            gradient.mul_(factor);
        }

        _optimizer.Step(gradient, learningRate);
        return result;
    }

    private (double? Loss, double? Accuracy) Validate()
    {
        if (_validation is null)
        {
            return (null, null);
        }

        var (loss, accuracy) = Evaluation.Measure(_network, _workers, _validation, _settings.ThrowIfCanceled, _settings.CancellationToken);
        return (loss, accuracy);
    }

    private InvalidOperationException Diverged(BatchGradient result, int epoch) =>
        new($"The training diverged at step {_step + 1} (epoch {epoch + 1}): the {(double.IsFinite(result.LossSum) ? "gradient" : "loss")} is not finite. " +
            $"Try a smaller LearningRate (it is {_settings.LearningRate}), GradientClipNorm = 1 (it is {_settings.GradientClipNorm?.ToString() ?? "null"}), or features scaled to about -1 to 1.");

    private static double Mean(double sum, double weight) => weight > 0 ? sum / weight : 0;
}
