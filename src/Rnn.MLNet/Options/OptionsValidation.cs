using System.Globalization;
using Rnn.MLNet.Training.Optimizers;

namespace Rnn.MLNet;

/// <summary>Refuses options that are out of range or contradict each other; each error names the property and its value.</summary>
internal static class OptionsValidation
{
    /// <summary>Weights that start at more, or decay by more, are a mistake; far more, and a sum of them overflows.</summary>
    private const double Large = 1e6;

    public static void Validate(RnnOptions options)
    {
        Name(options.FeatureColumnName, nameof(options.FeatureColumnName));
        Name(options.ScoreColumnName, nameof(options.ScoreColumnName));
        Require(options.ExampleWeightColumnName != "", nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName, "a column name, or null");

        Require(options.TimeSteps is null or >= 1, nameof(options.TimeSteps), options.TimeSteps, "at least 1, or null");
        Cell(options.Cell);
        Require(options.Layers >= 1, nameof(options.Layers), options.Layers, "at least 1");
        Require(options.Dropout is >= 0 and < 1, nameof(options.Dropout), options.Dropout, "at least 0 and below 1");
        Defined(options.ReadOut, nameof(options.ReadOut));
        Defined(options.OutputInitializer, nameof(options.OutputInitializer));

        Defined(options.Optimizer, nameof(options.Optimizer));
        Positive(options.LearningRate, nameof(options.LearningRate));
        Defined(options.LearningRateSchedule, nameof(options.LearningRateSchedule));
        Require(options.WeightDecay >= 0 && double.IsFinite(options.WeightDecay), nameof(options.WeightDecay), options.WeightDecay, "a finite number of at least 0");
        Require(options.WeightDecay <= Large, nameof(options.WeightDecay), options.WeightDecay, "at most 1e6");
        Positive(options.GradientClipNorm, nameof(options.GradientClipNorm));
        Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1");
        Require(options.Epochs >= 1, nameof(options.Epochs), options.Epochs, "at least 1");
        Require(options.ScheduleEpochs is null || options.ScheduleEpochs >= options.Epochs, nameof(options.ScheduleEpochs), options.ScheduleEpochs, $"at least Epochs, which is {options.Epochs}, or null");
        Require(options.MaxSteps is null or >= 1, nameof(options.MaxSteps), options.MaxSteps, "at least 1, or null");
        Require(options.ValidationFraction is >= 0 and < 1, nameof(options.ValidationFraction), options.ValidationFraction, "at least 0 and below 1");
        Require(options.ValidationFraction == 0 || options.ValidationSet is null, nameof(options.ValidationFraction), options.ValidationFraction, "0 when ValidationSet is given");
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
    }

    private static void Cell(RnnCell cell)
    {
        if (cell is null)
        {
            throw new ArgumentNullException(nameof(RnnOptions.Cell));
        }

        CellRequire(cell.Units is >= 1 and <= RnnCell.MaximumUnits, nameof(cell.Units), cell.Units, $"from 1 to {RnnCell.MaximumUnits}");
        switch (cell)
        {
            case BasicRnnCell or GruCell:
                break;
            case BasicLstmCell lstm:
                Bounded(lstm.ForgetBias, nameof(lstm.ForgetBias));
                break;
            case LstmCell lstm:
                Bounded(lstm.ForgetBias, nameof(lstm.ForgetBias));
                Positive(lstm.CellClip, $"{cell.GetType().Name}.{nameof(lstm.CellClip)}");
                CellRequire(lstm.ProjectionSize is null or (>= 1 and <= RnnCell.MaximumUnits),
                    nameof(lstm.ProjectionSize), lstm.ProjectionSize, $"from 1 to {RnnCell.MaximumUnits}, or null");
                Positive(lstm.ProjectionClip, $"{cell.GetType().Name}.{nameof(lstm.ProjectionClip)}");
                CellRequire(lstm.ProjectionClip is null || lstm.ProjectionSize is not null,
                    nameof(lstm.ProjectionClip), lstm.ProjectionClip, "null unless ProjectionSize is given (it is null)");
                break;
            case LayerNormBasicLstmCell lstm:
                Bounded(lstm.ForgetBias, nameof(lstm.ForgetBias));
                Bounded(lstm.NormGain, nameof(lstm.NormGain));
                Bounded(lstm.NormShift, nameof(lstm.NormShift));
                CellRequire(!lstm.LayerNorm || lstm.Units >= 2, nameof(lstm.Units), lstm.Units, "at least 2 when LayerNorm is true: one value, normalised, is always 0");
                CellRequire(lstm.LayerNorm || lstm.NormGain == 1, nameof(lstm.NormGain), lstm.NormGain, "1, its default, when LayerNorm is false");
                CellRequire(lstm.LayerNorm || lstm.NormShift == 0, nameof(lstm.NormShift), lstm.NormShift, "0, its default, when LayerNorm is false");
                CellRequire(lstm.DropoutKeepProb is > 0 and <= 1, nameof(lstm.DropoutKeepProb), lstm.DropoutKeepProb, "above 0 and at most 1");
                CellRequire(lstm.DropoutKeepProb >= 1e-6, nameof(lstm.DropoutKeepProb), lstm.DropoutKeepProb, "at least 1e-6");
                break;
            default:
                throw new NotSupportedException($"The cell {cell.GetType().Name} is not one of Rnn.MLNet's five.");
        }

        void Bounded(double value, string property)
        {
            CellRequire(double.IsFinite(value), property, value, "a finite number");
            CellRequire(Math.Abs(value) <= Large, property, value, "from -1e6 to 1e6");
        }

        void CellRequire(bool condition, string property, object? value, string expected) =>
            Require(condition, $"{cell.GetType().Name}.{property}", value, expected);
    }

    public static void Name(string value, string property) =>
        Require(!string.IsNullOrEmpty(value), property, value is null ? null : "", "a column name");

    /// <summary>A positive number, or null; as a Single neither 0 nor infinite, nor what it is multiplied with.</summary>
    private static void Positive(double? value, string property)
    {
        Require(value is null or > 0, property, value, "a positive number, or null");
        Require(value is null or (>= 1e-30 and <= float.MaxValue), property, value, "from 1e-30 to 3.4e38, or null");
    }

    private static void Defined<T>(T value, string property)
        where T : struct, Enum =>
        Require(Enum.IsDefined(value), property, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>The one form of an option's refusal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The condition is false; the message has the property, what was expected and the value.</exception>
    public static void Require(bool condition, string property, object? value, string expected)
    {
        if (!condition)
        {
            var shown = value is null ? "null" : value is "" ? "an empty string" : Convert.ToString(value, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(property, value, $"{property} must be {expected}; it is {shown}.");
        }
    }
}
