using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// The rows of an experiment: checked, split once by the seed, put through the common transforms once. All trials see the same.
/// </summary>
internal sealed class ExperimentData
{
    private ExperimentData(DataViewSchema inputSchema, string label, ITransformer? prefix, IReadOnlyList<ExperimentFold> folds, string fingerprint)
    {
        InputSchema = inputSchema;
        Label = label;
        Prefix = prefix;
        Folds = folds;
        Fingerprint = fingerprint;
        Classes = ClassNames.Of(folds[0].Train.Schema[label]);
    }

    public DataViewSchema InputSchema { get; }

    public string Label { get; }

    /// <summary>The fitted common transforms; null if there are none.</summary>
    public ITransformer? Prefix { get; }

    public IReadOnlyList<ExperimentFold> Folds { get; }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>A digest of the rows and of how they are split.</summary>
    public string Fingerprint { get; }

    /// <summary>A validation set of its own, or a fraction of the rows.</summary>
    public static ExperimentData Split(
        IDataView train, IDataView? validation, string label, IEstimator<ITransformer>? preFeaturizer, RnnExperimentSettings settings)
    {
        var context = new MLContext(settings.Seed);
        CheckLabel(train, label, "training");
        var split = string.Create(CultureInfo.InvariantCulture, $"fraction {settings.ValidationFraction}");
        var hash = Hash(train, "training");
        if (validation is null)
        {
            var parts = context.Data.TrainTestSplit(train, settings.ValidationFraction, seed: settings.Seed);
            (train, validation) = (parts.TrainSet, parts.TestSet);
        }
        else
        {
            CheckSameColumns(train.Schema, validation.Schema);
            split = Hash(validation, "validation");
        }

        var prefix = FitPrefix(context, train, label, preFeaturizer);
        var fold = new ExperimentFold(Apply(context, prefix, train, settings), Apply(context, prefix, validation, settings));
        return new ExperimentData(train.Schema, label, prefix, [fold], $"{hash}; {split}");
    }

    /// <summary>Cross-validation. The common transforms are fitted once, on all rows.</summary>
    public static ExperimentData CrossValidate(
        IDataView data, int folds, string label, IEstimator<ITransformer>? preFeaturizer, RnnExperimentSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var context = new MLContext(settings.Seed);
        CheckLabel(data, label, "training");
        var hash = Hash(data, "training");
        var prefix = FitPrefix(context, data, label, preFeaturizer);
        var rows = Apply(context, prefix, data, settings);
        return new ExperimentData(
            data.Schema, label, prefix,
            [.. context.Data.CrossValidationSplit(rows, folds, seed: settings.Seed).Select(fold => new ExperimentFold(fold.TrainSet, fold.TestSet))],
            string.Create(CultureInfo.InvariantCulture, $"{hash}; {folds} folds"));
    }

    private static void CheckLabel(IDataView data, string label, string role)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        if (data.Schema.GetColumnOrNull(label) is null)
        {
            throw new ArgumentException(
                $"The {role} data has no label column '{label}'; its columns are {string.Join(", ", data.Schema.Select(column => $"'{column.Name}'").Distinct())}.");
        }
    }

    private static void CheckSameColumns(DataViewSchema train, DataViewSchema validation)
    {
        foreach (var expected in train.Where(column => !column.IsHidden))
        {
            if (validation.GetColumnOrNull(expected.Name) is not { } found)
            {
                throw new ArgumentException($"The validation set has no column '{expected.Name}' ({expected.Type}), which the training data has.");
            }

            if (!found.Type.Equals(expected.Type))
            {
                throw new ArgumentException($"The column '{expected.Name}' of the validation set must be of type {expected.Type}, as in the training data; it is {found.Type}.");
            }
        }
    }

    private static string Hash(IDataView data, string role) => DataFingerprint.Of(data) is { Rows: > 0 } result
        ? result.Hash
        : throw new ArgumentException($"The {role} data has no rows.");

    /// <summary>Fits the common transforms; a label that is no key yet becomes one.</summary>
    private static ITransformer? FitPrefix(MLContext context, IDataView train, string label, IEstimator<ITransformer>? preFeaturizer)
    {
        var prefix = preFeaturizer?.Fit(train);
        var columns = prefix?.GetOutputSchema(train.Schema) ?? train.Schema;
        if (columns.GetColumnOrNull(label) is not { } column)
        {
            throw new ArgumentException($"The label column '{label}' is gone after the common transforms.");
        }

        if (column.Type is KeyDataViewType)
        {
            return prefix;
        }

        if (column.Type is not PrimitiveDataViewType)
        {
            throw new ArgumentException($"The label column '{label}' must be a key, a text or a number; it is {column.Type}.");
        }

        var toKey = context.Transforms.Conversion.MapValueToKey(label, keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(prefix?.Transform(train) ?? train);
        return prefix is null ? toKey : new TransformerChain<ITransformer>(prefix, toKey);
    }

    private static IDataView Apply(MLContext context, ITransformer? prefix, IDataView rows, RnnExperimentSettings settings)
    {
        var transformed = prefix?.Transform(rows) ?? rows;
        return settings.CacheBeforeTrainer ? context.Data.Cache(transformed) : transformed;
    }
}
