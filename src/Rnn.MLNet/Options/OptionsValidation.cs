using static Rnn.MLNet.OptionRequirement;

namespace Rnn.MLNet;

/// <summary>Validates the range and consistency of <see cref="RnnOptions"/>. Each error message names the property and its value.</summary>
internal static class OptionsValidation
{
    public static void Validate(RnnOptions options)
    {
        Name(options.FeatureColumnName, nameof(options.FeatureColumnName));
        Name(options.ScoreColumnName, nameof(options.ScoreColumnName));
        Require(options.ExampleWeightColumnName != "", nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName, "a column name, or null");

        Require(options.TimeSteps is null or >= 1, nameof(options.TimeSteps), options.TimeSteps, "at least 1, or null");
        Defined(options.InputScaling, nameof(options.InputScaling));
        Defined(options.MissingValues, nameof(options.MissingValues));
        ArgumentNullException.ThrowIfNull(options.Cell, nameof(options.Cell));
        options.Cell.Validate();
        Require(options.Layers >= 1, nameof(options.Layers), options.Layers, "at least 1");
        Require(options.Dropout is >= 0 and < 1, nameof(options.Dropout), options.Dropout, "at least 0 and below 1");
        Defined(options.ReadOut, nameof(options.ReadOut));
        Defined(options.OutputInitializer, nameof(options.OutputInitializer));

        Defined(options.Optimizer, nameof(options.Optimizer));
        Positive(options.LearningRate, nameof(options.LearningRate));
        Defined(options.LearningRateSchedule, nameof(options.LearningRateSchedule));
        Require(options.WeightDecay >= 0 && double.IsFinite(options.WeightDecay), nameof(options.WeightDecay), options.WeightDecay, "a finite number of at least 0");
        Require(options.WeightDecay <= Large, nameof(options.WeightDecay), options.WeightDecay, "at most 1e6");
        Require(options.Optimizer is not (OptimizerKind.Sgd or OptimizerKind.AdamW) || options.WeightDecay * options.PeakLearningRate <= 1,
            nameof(options.WeightDecay), options.WeightDecay, FormattableString.Invariant(
                $"at most 1 / LearningRate, which is {1 / options.PeakLearningRate}: with {options.Optimizer}, each step multiplies weights by 1 - LearningRate * WeightDecay"));
        Positive(options.GradientClipNorm, nameof(options.GradientClipNorm));
        Require(options.BatchSize is null or >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1, or null");
        Require(options.Epochs is null or >= 1, nameof(options.Epochs), options.Epochs, "at least 1, or null");
        Require(options.ScheduleEpochs is null or >= 1, nameof(options.ScheduleEpochs), options.ScheduleEpochs, "at least 1, or null");
        Require(!(options.ScheduleEpochs < options.Epochs), nameof(options.ScheduleEpochs), options.ScheduleEpochs, $"at least Epochs, which is {options.Epochs}, or null");
        Require(options.MaxSteps is null or >= 1, nameof(options.MaxSteps), options.MaxSteps, "at least 1, or null");
        Require(options.ValidationFraction is null or (>= 0 and < 1), nameof(options.ValidationFraction), options.ValidationFraction, "at least 0 and below 1, or null");
        Require(options.ValidationFraction is null or 0 || options.ValidationSet is null, nameof(options.ValidationFraction), options.ValidationFraction, "0 or null when ValidationSet is given");
        Require(options.EarlyStoppingPatience is null or >= 1, nameof(options.EarlyStoppingPatience), options.EarlyStoppingPatience, "at least 1, or null");
        Require(options.EarlyStoppingPatience is null || options.ValidationSet is not null || options.ValidationFraction > 0,
            nameof(options.EarlyStoppingPatience), options.EarlyStoppingPatience, "null unless ValidationSet or ValidationFraction gives rows to measure on");

        Defined(options.Device, nameof(options.Device));
        Defined(options.Precision, nameof(options.Precision));
        Require(options.Threads is null or >= 1, nameof(options.Threads), options.Threads, "at least 1, or null");
        Require(options.Shards is null or >= 1, nameof(options.Shards), options.Shards, "at least 1, or null");
        Defined(options.CacheRows, nameof(options.CacheRows));
        Require(options.CheckpointPath != "", nameof(options.CheckpointPath), options.CheckpointPath, "a path, or null");
        Require(options.CheckpointInterval is null or >= 1, nameof(options.CheckpointInterval), options.CheckpointInterval, "at least 1, or null");
        Require(options.CheckpointInterval is null || options.CheckpointPath is not null,
            nameof(options.CheckpointInterval), options.CheckpointInterval, "null unless CheckpointPath is given");
        Defined(options.OnCancel, nameof(options.OnCancel));
        Require(options.ScoresOverTimeColumnName != "", nameof(options.ScoresOverTimeColumnName), "", "a column name, or null");
        Require(options.ScoresOverTimeColumnName is null || !options.Bidirectional,
            nameof(options.ScoresOverTimeColumnName), options.ScoresOverTimeColumnName, "null if Bidirectional is true: the backward direction begins at the end of the sequence");
    }

    public static void Name(string value, string property) =>
        Require(!string.IsNullOrEmpty(value), property, value is null ? null : "", "a column name");
}
