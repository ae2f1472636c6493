using Microsoft.ML.Transforms;
using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>Maps the label of every fold to a key with the same classes. Everything else is fitted separately in each fold.</summary>
internal sealed class LabelMaps(MLContext context, string label, IEstimator<ITransformer>? preFeaturizer)
{
    /// <summary>Appends the label mapping to the preprocessing of each fold.</summary>
    /// <param name="train">The training rows of each fold.</param>
    /// <param name="prefixes">The preprocessing fitted on those rows; null if there is none.</param>
    /// <param name="labelRows">The rows whose labels define the classes.</param>
    public ITransformer?[] Append(IReadOnlyList<IDataView> train, IReadOnlyList<ITransformer?> prefixes, IDataView labelRows)
    {
        DataViewSchema.Column[] labels = [.. train.Zip(prefixes, (rows, prefix) => Label(prefix?.GetOutputSchema(rows.Schema) ?? rows.Schema))];
        if (labels.All(column => column.Type is KeyDataViewType))
        {
            var classes = LabelKeys.Of(labels[0]);
            if (labels.All(column => classes.Agrees(LabelKeys.Of(column))))
            {
                LabelRules.Check(labels[0]);
                return [.. prefixes];
            }

            // The preprocessing maps the labels to keys, differently in each fold: undo that and map the values with one shared mapping.
            var values = BackToValues(preFeaturizer!.Fit(labelRows), labelRows);
            var shared = Map(values.Transform(labelRows));
            return [.. prefixes.Zip(train, (prefix, rows) => Chain(BackToValues(prefix!, rows), shared))];
        }

        var map = Map(prefixes[0]?.Transform(labelRows) ?? labelRows);
        return [.. prefixes.Select(prefix => Chain(prefix, map))];
    }

    private DataViewSchema.Column Label(DataViewSchema schema) => schema.GetColumnOrNull(label) switch
    {
        null => throw new ArgumentException($"The label column '{label}' is missing after the preprocessing."),
        { Type: PrimitiveDataViewType } column => column,
        { Type: var type } => throw new ArgumentException($"The label column '{label}' must be a key, a text or a number; it is {type}."),
    };

    private ITransformer Map(IDataView rows)
    {
        var map = context.Transforms.Conversion.MapValueToKey(label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows);
        LabelRules.Check(map.GetOutputSchema(rows.Schema)[label]);
        return map;
    }

    private ITransformer BackToValues(ITransformer prefix, IDataView rows) =>
        Chain(prefix, context.Transforms.Conversion.MapKeyToValue(label).Fit(prefix.Transform(rows)));

    private static ITransformer Chain(ITransformer? first, ITransformer second) =>
        first is null ? second : new TransformerChain<ITransformer>(first, second);
}
