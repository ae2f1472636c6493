namespace Rnn.MLNet.Tests.Training;

/// <summary>Training settings with nothing set that need not be.</summary>
internal static class PlainSettings
{
    public static readonly TrainingSettings Value = new()
    {
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.1,
        Schedule = LearningRateSchedule.Constant,
        WeightDecay = 0,
        GradientClipNorm = null,
        BatchSize = 16,
        Epochs = 3,
        ScheduleEpochs = null,
        MaxSteps = null,
        EarlyStoppingPatience = null,
        Seed = 1,
        Shards = 1,
        CheckpointInterval = null,
        Report = _ => { },
        Inform = _ => { },
        Warn = _ => { },
        CancellationToken = default,
        ThrowIfCanceled = () => { },
        KeepsWhatWasLearnt = () => false,
    };
}
