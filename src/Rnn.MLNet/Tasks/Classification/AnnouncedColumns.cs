using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The columns that an estimator announces before it is fitted. <see cref="SchemaShape.Column"/> cannot be constructed outside ML.NET,
/// so the new columns are those of a stock multiclass trainer, renamed by a stock transform.
/// </summary>
internal static class AnnouncedColumns
{
    private const string StockScore = "Score";
    private const string StockPredictedLabel = "PredictedLabel";

    private static readonly MLContext Stock = new(seed: 0);

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
        // Stock trainers take keys of UInt32 only.
        var keyed = label.ItemType == NumberDataViewType.UInt32 ? single : Stock.Transforms.Conversion.MapValueToKey(columns.Label).GetOutputSchema(single);
        var scored = Stock.MulticlassClassification.Trainers.NaiveBayes(columns.Label, columns.Feature).GetOutputSchema(keyed);
        var renamed = Stock.Transforms.CopyColumns(columns.Score, StockScore)
            .Append(Stock.Transforms.CopyColumns(columns.PredictedLabel, StockPredictedLabel)).GetOutputSchema(scored);
        return new SchemaShape(
        [
            .. input.Where(column => column.Name != columns.Score && column.Name != columns.PredictedLabel),
            renamed.Single(column => column.Name == columns.Score),
            renamed.Single(column => column.Name == columns.PredictedLabel),
        ]);
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role)
    {
        var found = schema.Where(column => column.Name == name).ToList();
        return found.Count > 0 ? found[0] : throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Select(column => $"'{column.Name}'"))}.");
    }
}
