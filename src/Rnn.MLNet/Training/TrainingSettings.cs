using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>The settings of the training loop, with all defaults resolved: a null means "none".</summary>
internal sealed record TrainingSettings
{
    public required OptimizerKind Optimizer { get; init; }
    public required double LearningRate { get; init; }
    public required LearningRateSchedule Schedule { get; init; }
    public required double WeightDecay { get; init; }
    public required double? GradientClipNorm { get; init; }
    public required int BatchSize { get; init; }
    public required int Epochs { get; init; }
    public required int? ScheduleEpochs { get; init; }
    public required long? MaxSteps { get; init; }

    /// <summary>The number of minibatches that the learning rate schedule spans, if it does not depend on the number of rows.</summary>
    public long? FixedScheduleSteps { get; init; }

    public required int? EarlyStoppingPatience { get; init; }
    /// <summary>Whether early stopping compares epochs by the metric rather than the loss.</summary>
    public bool StopsByMetric { get; init; }

    /// <summary>Whether training ends when the loss of the training rows stays near zero.</summary>
    public bool StopsWhenLearned { get; init; }

    public required int Seed { get; init; }
    public required int Shards { get; init; }
    public ScalarType RecurrentType { get; init; } = ScalarType.Float32;
    public required int? CheckpointInterval { get; init; }
    public required Action<TrainingProgress> Report { get; init; }
    public required Action<string> Inform { get; init; }
    public required Action<string> Warn { get; init; }
    public required CancellationToken CancellationToken { get; init; }
    public required Action ThrowIfCanceled { get; init; }

    /// <summary>Returns whether Fit was cancelled and is to return the model instead of throwing (<see cref="OnCancel.KeepBest"/>).</summary>
    public required Func<bool> KeepsWhatWasLearnt { get; init; }

    public TrainingPlan Plan(long rows) => new((rows + BatchSize - 1) / BatchSize, Epochs, MaxSteps);

    /// <summary>Returns the number of rows in a full minibatch, given the number of training rows.</summary>
    public int BatchRows(long rows) => (int)Math.Min(BatchSize, rows);

    /// <summary>Returns the number of minibatches that the learning rate schedule spans, given the number of training rows.</summary>
    public long ScheduleSteps(long rows) => FixedScheduleSteps ?? (ScheduleEpochs is { } epochs ? epochs * Plan(rows).BatchesInEpoch : Plan(rows).Steps);
}
