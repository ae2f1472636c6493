using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Reading;

/// <summary>The rows of a fit: what to train on, what to validate on, and what the columns said of them.</summary>
internal sealed record TrainingData(
    SequenceShape Shape, VectorDataViewType FeatureType, LabelKeys Labels, IRowSource Training, IRowSource? Validation)
{
    /// <summary>Checks all columns, then reads all rows.</summary>
    public static TrainingData Read(IDataView input, RnnClassifierOptions options, int seed, IChannel channel)
    {
        var columns = Columns(input, options, options.TimeSteps);
        if (columns.Shape.Doubt(columns.Features) is { } doubt)
        {
            channel.Warning(MessageSensitivity.Schema, doubt);
        }

        var validationColumns = options.ValidationSet is null ? null : ValidationColumns(options, columns);

        var split = new ValidationSplit(options.ValidationFraction, SeedSequence.Derive(seed, SeedSequence.Purpose.ValidationSplit));
        var (training, validation) = Read(input, columns, "training", split, options, channel);
        if (validationColumns is not null)
        {
            (validation, _) = Read(options.ValidationSet!, validationColumns, "validation", ValidationSplit.None, options, channel);
        }

        CheckWeights(training, validation, options.ExampleWeightColumnName, channel);
        return new TrainingData(columns.Shape, columns.FeatureType, columns.Labels, training, validation);
    }

    private static (IRowSource Training, IRowSource? Validation) Read(
        IDataView data, SequenceColumns columns, string role, ValidationSplit split, RnnClassifierOptions options, IChannel channel)
    {
        var reader = new SequenceReader(data, columns, role);
        var rows = reader.Read(Budget(options.CacheRows), split, options.CancellationToken);
        if (reader.SkippedRows > 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"Skipped {reader.SkippedRows} {role} rows whose label '{options.LabelColumnName}' is missing.");
        }

        return rows;
    }

    private static void CheckWeights(IRowSource training, IRowSource? validation, string? weightColumn, IChannel channel)
    {
        if (training.MeanWeight == 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"The example weight column '{weightColumn}' is 0 in all {training.Count} training rows: they teach nothing.");
        }

        if (validation is { MeanWeight: 0 })
        {
            throw new InvalidOperationException(
                $"The example weight column '{weightColumn}' must be above 0 in some validation row; it is 0 in all {validation.Count} of them.");
        }
    }

    /// <summary>Bytes that the rows may take in memory.</summary>
    private static long Budget(CacheRows cacheRows) => cacheRows switch
    {
        CacheRows.All => long.MaxValue,
        CacheRows.None => 0,
        _ => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2,
    };

    private static SequenceColumns Columns(IDataView data, RnnClassifierOptions options, int? timeSteps) =>
        new(data.Schema, options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName, timeSteps);

    private static SequenceColumns ValidationColumns(RnnClassifierOptions options, SequenceColumns training)
    {
        SequenceColumns columns;
        try
        {
            columns = Columns(options.ValidationSet!, options, training.Shape.TimeSteps);
            training.Shape.Check(columns.Features, training.FeatureType);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"The ValidationSet does not fit: {exception.Message} It must hold the columns that reach this estimator, after the transforms before it.", exception);
        }

        return columns.Labels.Agrees(training.Labels)
            ? columns
            : throw new ArgumentException(
                $"The label column '{options.LabelColumnName}' of the ValidationSet must have the same keys as that of the training data, {training.Labels}; it has {columns.Labels}. Map both with one fitted MapValueToKey.");
    }
}
