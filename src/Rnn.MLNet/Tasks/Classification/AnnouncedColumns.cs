using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The output schema that a classifier's estimator declares before it is fitted. <see cref="SchemaShape.Column"/> cannot be constructed
/// outside ML.NET, so the new columns are taken from one of ML.NET's multiclass trainers and renamed by one of its transforms.
/// </summary>
internal static class AnnouncedColumns
{
    private const string StockScore = "Score";
    private const string StockPredictedLabel = "PredictedLabel";

    private static readonly MLContext Stock = new(seed: 0);

    /// <summary>Validates the columns that the estimator reads and returns the output schema.</summary>
    /// <param name="input">The schema of the input.</param>
    /// <param name="columns">The classifier's columns.</param>
    /// <param name="weightColumn">The name of the example weight column; null for none.</param>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type.</exception>
    public static SchemaShape Of(SchemaShape input, ClassifierColumns columns, string? weightColumn)
    {
        var label = Find(input, columns.Label, "label");
        LabelRules.RequireKey(ColumnDescription.Of(label));
        ColumnRules.RequireSequences(ColumnDescription.Of(Find(input, columns.Feature, "feature")));
        if (weightColumn is not null)
        {
            ColumnRules.RequireWeight(ColumnDescription.Of(Find(input, weightColumn, "example weight")));
        }

        var single = Stock.Transforms.Conversion.ConvertType(columns.Feature, outputKind: DataKind.Single).GetOutputSchema(input);
        // ML.NET's trainers accept only keys of UInt32.
        var keyed = label.ItemType == NumberDataViewType.UInt32 ? single : Stock.Transforms.Conversion.MapValueToKey(columns.Label).GetOutputSchema(single);
        var scored = Stock.MulticlassClassification.Trainers.NaiveBayes(columns.Label, columns.Feature).GetOutputSchema(keyed);
        var renamed = Stock.Transforms.CopyColumns(columns.Score, StockScore)
            .Append(Stock.Transforms.CopyColumns(columns.PredictedLabel, StockPredictedLabel)).GetOutputSchema(scored);
        if (columns.ScoresOverTime is { } overTime)
        {
            // A vector of Single without the annotations of a score.
            renamed = Stock.Transforms.Concatenate(overTime, columns.Score).GetOutputSchema(renamed);
        }

        string[] added = [columns.Score, columns.PredictedLabel, .. columns.ScoresOverTime is { } name ? [name] : Array.Empty<string>()];
        return new SchemaShape(input.Where(column => !added.Contains(column.Name)).Concat(added.Select(name => renamed.Single(column => column.Name == name))));
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role)
    {
        var found = schema.Where(column => column.Name == name).ToList();
        return found.Count > 0 ? found[0] : throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Select(column => $"'{column.Name}'"))}.");
    }
}
