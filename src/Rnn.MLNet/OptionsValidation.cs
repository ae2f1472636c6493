using System.Globalization;

namespace Rnn.MLNet;

/// <summary>Refuses options that are out of range or contradict each other; each error names the property and its value.</summary>
internal static class OptionsValidation
{
    public static void Validate(RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name(options.LabelColumnName, nameof(options.LabelColumnName));
        Name(options.FeatureColumnName, nameof(options.FeatureColumnName));
        Name(options.ScoreColumnName, nameof(options.ScoreColumnName));
        Name(options.PredictedLabelColumnName, nameof(options.PredictedLabelColumnName));
        Require(options.ExampleWeightColumnName != "", nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName, "a column name, or null");
        Require(options.ScoreColumnName != options.PredictedLabelColumnName, nameof(options.ScoreColumnName), options.ScoreColumnName, "another name than PredictedLabelColumnName");

        Require(options.TimeSteps is null or >= 1, nameof(options.TimeSteps), options.TimeSteps, "at least 1, or null");
        Cell(options.Cell);
        Require(options.Layers >= 1, nameof(options.Layers), options.Layers, "at least 1");
        Require(options.Dropout is >= 0 and < 1, nameof(options.Dropout), options.Dropout, "at least 0 and below 1");
        Defined(options.ReadOut, nameof(options.ReadOut));

        Defined(options.Optimizer, nameof(options.Optimizer));
        Require(options.LearningRate is null || Positive(options.LearningRate.Value), nameof(options.LearningRate), options.LearningRate, "a positive number, or null");
        Defined(options.LearningRateSchedule, nameof(options.LearningRateSchedule));
        Require(options.WeightDecay >= 0 && double.IsFinite(options.WeightDecay), nameof(options.WeightDecay), options.WeightDecay, "a finite number of at least 0");
        Require(options.GradientClipNorm is null || Positive(options.GradientClipNorm.Value), nameof(options.GradientClipNorm), options.GradientClipNorm, "a positive number, or null");
        Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1");
        Require(options.Epochs >= 1, nameof(options.Epochs), options.Epochs, "at least 1");
        Require(options.MaxSteps is null or >= 1, nameof(options.MaxSteps), options.MaxSteps, "at least 1, or null");
        Require(options.ValidationFraction is >= 0 and < 1, nameof(options.ValidationFraction), options.ValidationFraction, "at least 0 and below 1");
        Require(options.ValidationFraction == 0 || options.ValidationSet is null, nameof(options.ValidationFraction), options.ValidationFraction, "0 when ValidationSet is given");
        Require(options.EarlyStoppingPatience is null or >= 1, nameof(options.EarlyStoppingPatience), options.EarlyStoppingPatience, "at least 1, or null");
        Require(options.EarlyStoppingPatience is null || options.ValidationSet is not null || options.ValidationFraction > 0,
            nameof(options.EarlyStoppingPatience), options.EarlyStoppingPatience, "null unless ValidationSet or ValidationFraction gives rows to measure on");

        Defined(options.Device, nameof(options.Device));
        Defined(options.Precision, nameof(options.Precision));
        Require(options.Threads is null or >= 1, nameof(options.Threads), options.Threads, "at least 1, or null");
        Defined(options.CacheRows, nameof(options.CacheRows));
        Require(options.CheckpointPath != "", nameof(options.CheckpointPath), options.CheckpointPath, "a path, or null");
    }

    private static void Cell(RnnCell cell)
    {
        if (cell is null)
        {
            throw new ArgumentNullException(nameof(RnnClassifierOptions.Cell));
        }

        Require(cell.Units is >= 1 and <= RnnCell.MaximumUnits, $"{cell.GetType().Name}.{nameof(cell.Units)}", cell.Units, $"from 1 to {RnnCell.MaximumUnits}");
        if (cell is BasicLstmCell lstm)
        {
            Require(double.IsFinite(lstm.ForgetBias), $"{nameof(BasicLstmCell)}.{nameof(lstm.ForgetBias)}", lstm.ForgetBias, "a finite number");
        }
    }

    private static void Name(string value, string property) =>
        Require(!string.IsNullOrEmpty(value), property, value is null ? null : "", "a column name");

    private static bool Positive(double value) => value > 0 && value <= float.MaxValue;

    private static void Defined<T>(T value, string property)
        where T : struct, Enum =>
        Require(Enum.IsDefined(value), property, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static void Require(bool condition, string property, object? value, string expected)
    {
        if (!condition)
        {
            var shown = value is null ? "null" : value is "" ? "an empty string" : Convert.ToString(value, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(property, value, $"{property} must be {expected}; it is {shown}.");
        }
    }
}
