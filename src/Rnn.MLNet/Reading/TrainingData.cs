using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Reading;

/// <summary>The training and validation rows of a fit, and the shape, type and scaling of their features.</summary>
internal sealed record TrainingData(
    SequenceShape Shape, VectorDataViewType FeatureType, IRowSource Training, IRowSource? Validation, FeatureScaling? Scaling, bool HasTargetWeights)
{
    /// <summary>Validates all columns, then reads all rows.</summary>
    /// <param name="input">The training data.</param>
    /// <param name="targets">Finds the targets in the schema of the training or validation data.</param>
    /// <param name="options">The options, of which columns, validation and caching are used.</param>
    /// <param name="seed">The seed that selects the validation rows.</param>
    /// <param name="channel">The channel for warnings.</param>
    public static TrainingData Read(IDataView input, Func<DataViewSchema, ITargets> targets, RnnOptions options, int seed, IChannel channel)
    {
        var columns = Columns(input, targets, options, options.TimeSteps);
        if (columns.Shape.Doubt(columns.Features) is { } doubt)
        {
            channel.Warning(MessageSensitivity.Schema, doubt);
        }

        var validationColumns = options.ValidationSet is null ? null : ValidationColumns(targets, options, columns);

        var split = new ValidationSplit(Fraction(options), SeedSequence.Derive(seed, SeedSequence.Purpose.ValidationSplit));
        var moments = options.InputScaling == InputScaling.None ? null : new FeatureMoments(columns.Shape.Features);
        var statistics = new TrainingStatistics(columns.Targets.Weights, moments);
        var (training, validation) = Read(input, columns, "training", split, options, channel, statistics);
        if (validationColumns is not null)
        {
            (validation, _) = Read(options.ValidationSet!, validationColumns, "validation", ValidationSplit.None, options, channel);
        }

        var scaling = moments is null ? null : FeatureScaling.Of(moments, options.InputScaling, options.FeatureColumnName);
        if (scaling is not null)
        {
            channel.Info(MessageSensitivity.UserData, scaling.Describe(options.FeatureColumnName));
        }

        CheckWeights(training, validation, WeightOf(columns, options.ExampleWeightColumnName), channel);
        return new TrainingData(columns.Shape, columns.FeatureType, training, validation, scaling, columns.Targets.Weights != TargetWeights.Equal);
    }

    /// <summary>
    /// Returns the fraction of rows to hold out; null for a share that depends on their number, if the length of training is left open, so that
    /// early stopping can end it.
    /// </summary>
    private static double? Fraction(RnnOptions options) =>
        options.ValidationFraction ?? (options is { Epochs: null, MaxSteps: null, ScheduleEpochs: null, ValidationSet: null } ? null : 0);

    private static (IRowSource Training, IRowSource? Validation) Read(
        IDataView data, SequenceColumns columns, string role, ValidationSplit split, RnnOptions options, IChannel channel, TrainingStatistics? statistics = null)
    {
        var reader = new SequenceReader(data, columns, role, statistics);
        var rows = reader.Read(Budget(options.CacheRows), split, options.CancellationToken);
        if (reader.SkippedRows > 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"Skipped {reader.SkippedRows} {role} rows whose {columns.Targets.Description} is missing.");
        }

        return rows;
    }

    private static void CheckWeights(IRowSource training, IRowSource? validation, string weight, IChannel channel)
    {
        if (training.MeanWeight == 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"{weight} is 0 in all {training.Count} training rows, so the network does not learn.");
        }

        if (validation is { MeanWeight: 0 })
        {
            throw new InvalidOperationException($"{weight} must be above 0 in some validation row; it is 0 in all {validation.Count} of them.");
        }
    }

    /// <summary>Names what determines the weight of a row.</summary>
    private static string WeightOf(SequenceColumns columns, string? weightColumn) =>
        weightColumn is null ? "The weight of the class (ClassWeights)"
        : columns.Targets.Weights == TargetWeights.Equal ? $"The example weight column '{weightColumn}'"
        : $"The example weight column '{weightColumn}', multiplied by the weight of the class,";

    /// <summary>Returns the memory in bytes that the rows may occupy.</summary>
    private static long Budget(CacheRows cacheRows) => cacheRows switch
    {
        CacheRows.All => long.MaxValue,
        CacheRows.None => 0,
        _ => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2,
    };

    private static SequenceColumns Columns(IDataView data, Func<DataViewSchema, ITargets> targets, RnnOptions options, int? timeSteps) =>
        new(data.Schema, targets(data.Schema), options.FeatureColumnName, options.ExampleWeightColumnName, timeSteps, options.MissingValues);

    private static SequenceColumns ValidationColumns(Func<DataViewSchema, ITargets> targets, RnnOptions options, SequenceColumns training)
    {
        try
        {
            var columns = Columns(options.ValidationSet!, targets, options, training.Shape.TimeSteps);
            training.Shape.Check(columns.Features, training.FeatureType);
            return columns;
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"The ValidationSet does not fit: {exception.Message} It must have the columns of this estimator's input, after the transforms that precede it.", exception);
        }
    }
}
