using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Reading;

/// <summary>The columns that a training reads, found in a schema and checked.</summary>
internal sealed class SequenceColumns
{
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SequenceColumns(DataViewSchema schema, string labelColumn, string featureColumn, string? weightColumn, int? timeSteps)
    {
        Label = Find(schema, labelColumn, "label");
        Features = Find(schema, featureColumn, "feature");
        LabelReader.Check(Label);
        Shape = SequenceShape.Of(Features, timeSteps);
        Labels = LabelKeys.Of(Label);
        if (weightColumn is not null)
        {
            Weight = Find(schema, weightColumn, "example weight");
            ColumnRules.RequireWeight(ColumnDescription.Of(Weight.Value));
        }
    }

    public DataViewSchema.Column Label { get; }

    public DataViewSchema.Column Features { get; }

    public DataViewSchema.Column? Weight { get; }

    public IEnumerable<DataViewSchema.Column> All => Weight is null ? [Label, Features] : [Label, Features, Weight.Value];

    public SequenceShape Shape { get; }

    public VectorDataViewType FeatureType => (VectorDataViewType)Features.Type;

    public LabelKeys Labels { get; }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"The {role} column '{name}' is not in the data, which has {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"))}.");
}
