using Microsoft.ML;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Sequences;
using Rnn.MLNet.Training;

namespace Rnn.MLNet;

/// <summary>The rows of a fit in memory: what to train on, what to validate on, and what the columns said of them.</summary>
internal sealed record TrainingData(SequenceShape Shape, LabelKeys Labels, SequenceSet Set, int[] TrainingRows, ValidationRows? Validation)
{
    /// <summary>Checks all columns, then reads all rows.</summary>
    public static TrainingData Read(IDataView input, RnnClassifierOptions options, int seed, IChannel channel)
    {
        var training = Reader(input, options, options.TimeSteps);
        var validation = options.ValidationSet is null ? null : ValidationReader(options, training);
        var set = training.Read("training", options.CancellationToken);
        ReportSkipped(training, "training", options, channel);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        if (validation is not null)
        {
            var validationSet = validation.Read("validation", options.CancellationToken);
            ReportSkipped(validation, "validation", options, channel);
            return new TrainingData(training.Shape, training.Labels, set, rows, new ValidationRows(validationSet, [.. Enumerable.Range(0, validationSet.Count)]));
        }

        if (options.ValidationFraction == 0)
        {
            return new TrainingData(training.Shape, training.Labels, set, rows, null);
        }

        var count = (int)Math.Round(options.ValidationFraction * set.Count);
        if (count == 0 || count == set.Count)
        {
            throw new InvalidOperationException(
                $"ValidationFraction {options.ValidationFraction} of {set.Count} training rows leaves {(count == 0 ? "none to validate on" : "none to train on")}.");
        }

        new Random(SeedSequence.Derive(seed, SeedSequence.Purpose.ValidationSplit)).Shuffle(rows);
        return new TrainingData(training.Shape, training.Labels, set, rows[count..], new ValidationRows(set, rows[..count]));
    }

    private static SequenceReader Reader(IDataView data, RnnClassifierOptions options, int? timeSteps) =>
        new(data, options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName, timeSteps);

    private static SequenceReader ValidationReader(RnnClassifierOptions options, SequenceReader training)
    {
        SequenceReader reader;
        try
        {
            reader = Reader(options.ValidationSet!, options, training.Shape.TimeSteps);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"The ValidationSet does not fit: {exception.Message} It must hold the columns that reach this estimator, after the transforms before it.", exception);
        }

        if (reader.Shape != training.Shape)
        {
            throw new ArgumentException(
                $"The feature column '{options.FeatureColumnName}' of the ValidationSet must have {training.Shape.Length} values, as that of the training data; it has {reader.Shape.Length}.");
        }

        return reader.Labels.Agrees(training.Labels)
            ? reader
            : throw new ArgumentException(
                $"The label column '{options.LabelColumnName}' of the ValidationSet must have the same keys as that of the training data, {training.Labels}; it has {reader.Labels}. Map both with one fitted MapValueToKey.");
    }

    private static void ReportSkipped(SequenceReader reader, string role, RnnClassifierOptions options, IChannel channel)
    {
        if (reader.SkippedRows > 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"Skipped {reader.SkippedRows} {role} rows whose label '{options.LabelColumnName}' is missing.");
        }
    }
}
