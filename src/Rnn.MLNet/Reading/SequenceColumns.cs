namespace Rnn.MLNet.Reading;

/// <summary>The columns of a schema that training reads, validated.</summary>
internal sealed class SequenceColumns
{
    /// <exception cref="ArgumentException">Thrown if a column is missing or has the wrong type.</exception>
    public SequenceColumns(
        DataViewSchema schema, ITargets targets, string featureColumn, string? weightColumn, int? timeSteps, MissingValues missingValues = MissingValues.Refuse)
    {
        MissingValues = missingValues;
        Targets = targets;
        Features = ColumnRules.Find(schema, featureColumn, "feature");
        Shape = SequenceShape.Of(Features, timeSteps);
        if (weightColumn is not null)
        {
            Weight = ColumnRules.Find(schema, weightColumn, "example weight");
            ColumnRules.RequireWeight(ColumnDescription.Of(Weight.Value));
        }
    }

    public ITargets Targets { get; }

    public DataViewSchema.Column Features { get; }

    public DataViewSchema.Column? Weight { get; }

    public MissingValues MissingValues { get; }

    public IEnumerable<DataViewSchema.Column> All => [.. Targets.Columns, Features, .. Weight is { } weight ? [weight] : Array.Empty<DataViewSchema.Column>()];

    public SequenceShape Shape { get; }

    public VectorDataViewType FeatureType => (VectorDataViewType)Features.Type;
}
