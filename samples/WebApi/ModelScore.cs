namespace WebApi;

/// <summary>The output of the engines.</summary>
internal sealed class ModelScore
{
    public float[] Score { get; set; } = [];

    /// <summary>The number of the class, from 1; 0 if the model has none for the features.</summary>
    public uint PredictedLabel { get; set; }

    /// <summary>Maps the columns that the model has for these to the members.</summary>
    /// <exception cref="InvalidDataException">The model is no classifier.</exception>
    public static SchemaDefinition Columns(DataViewSchema schema, string scoreColumn, string labelColumn)
    {
        if (schema.GetColumnOrNull(scoreColumn)?.Type is not VectorDataViewType { IsKnownSize: true } scores || scores.ItemType != NumberDataViewType.Single
            || schema.GetColumnOrNull(labelColumn)?.Type is not KeyDataViewType { RawType: var raw } label || raw != typeof(uint)
            || label.Count != (ulong)scores.Size)
        {
            throw new InvalidDataException(
                $"The model is not a classifier: expected the output columns '{scoreColumn}', a vector of Single, and '{labelColumn}', a key; "
                + $"got {Describe(schema, scoreColumn)} and {Describe(schema, labelColumn)}.");
        }

        var definition = SchemaDefinition.Create(typeof(ModelScore));
        definition[nameof(Score)].ColumnName = scoreColumn;
        definition[nameof(Score)].ColumnType = scores;
        definition[nameof(PredictedLabel)].ColumnName = labelColumn;
        definition[nameof(PredictedLabel)].ColumnType = label;
        return definition;
    }

    private static string Describe(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) is { } column ? $"'{name}' of type {column.Type}" : $"no '{name}'";
}
